package io.bellwether.pipeline.audit;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Answers read from an audit log's entries. */
public final class AuditViews {
  private AuditViews() {}

  /**
   * A change of an environment.
   *
   * @param at when
   * @param version what
   * @param environment where
   * @param actor by whom
   * @param run in which run
   * @param approvedBy who approved, or overrode
   * @param checks which checks had passed, with what they said
   * @param succeeded whether it worked
   */
  public record Deployment(
      Instant at,
      String version,
      String environment,
      String actor,
      String run,
      List<String> approvedBy,
      List<String> checks,
      boolean succeeded) {
    /** For example {@code v7 to production by dev, approved by lead}. */
    @Override
    public String toString() {
      return version
          + " to "
          + environment
          + " by "
          + actor
          + (approvedBy.isEmpty() ? "" : ", approved by " + String.join(", ", approvedBy))
          + (succeeded ? "" : ": failed");
    }
  }

  /** What was deployed, oldest first. */
  static List<Deployment> deployments(List<AuditEntry> entries) {
    return entries.stream()
        .filter(
            entry -> entry.kind() == AuditKind.DEPLOYED || entry.kind() == AuditKind.DEPLOY_FAILED)
        .map(entry -> deployment(entry, entries))
        .toList();
  }

  static List<AuditEntry> overridesToReview(List<AuditEntry> entries) {
    var reviewed =
        entries.stream()
            .filter(entry -> entry.kind() == AuditKind.OVERRIDE_REVIEWED)
            .map(entry -> entry.details().getOrDefault("override", ""))
            .collect(Collectors.toSet());
    return entries.stream()
        .filter(entry -> entry.kind() == AuditKind.OVERRIDDEN)
        .filter(entry -> !reviewed.contains(entry.key()))
        .toList();
  }

  private static Deployment deployment(AuditEntry entry, List<AuditEntry> entries) {
    var run = detail(entry, "run");
    var before =
        entries.stream()
            .filter(other -> other.number() < entry.number() && detail(other, "run").equals(run))
            .toList();
    var approvers =
        before.stream()
            .filter(
                other -> other.kind() == AuditKind.APPROVED || other.kind() == AuditKind.OVERRIDDEN)
            .filter(other -> detail(other, "stage").equals(detail(entry, "stage")))
            .map(
                other ->
                    other.actor() + (other.kind() == AuditKind.OVERRIDDEN ? " (override)" : ""))
            .distinct()
            .toList();
    var checks =
        before.stream()
            .filter(other -> other.kind() == AuditKind.CHECK_PASSED)
            .map(AuditEntry::summary)
            .toList();
    return new Deployment(
        entry.at(),
        detail(entry, "version"),
        detail(entry, "environment"),
        detail(entry, "author"),
        run,
        approvers,
        checks,
        entry.kind() == AuditKind.DEPLOYED);
  }

  private static String detail(AuditEntry entry, String name) {
    return entry.details().getOrDefault(name, "");
  }
}
