package io.bellwether.slo;

import io.bellwether.Problems;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.Permission.Requirement;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who may deploy what, by what is left of the budget. Immutable and thread-safe.
 *
 * <p>A rollback is free in every band, whatever the policy says. A policy is no verdict on people.
 */
public final class ErrorBudgetPolicy {
  /** What to do when no SLO with a say has data. */
  public enum NoData {
    /** Allow, and say so. The default. */
    ALLOW_WITH_NOTICE,
    /** Refuse until there is data. */
    REFUSE
  }

  private final BudgetBands bands;
  private final Map<BudgetStatus, Map<ChangeKind, Permission>> permissions;
  private final Map<BudgetStatus, List<String>> duties;
  private final Duration deployWindow;
  private final NoData noData;
  private final Hysteresis hysteresis;

  private ErrorBudgetPolicy(Builder builder) {
    bands = builder.bands;
    permissions = copy(builder.permissions);
    duties = Map.copyOf(builder.duties);
    deployWindow = builder.deployWindow;
    noData = builder.noData;
    hysteresis = builder.hysteresis;
  }

  /**
   * GREEN: everything. YELLOW: critical features and fixes after an enhanced review, 3 deploys in 7
   * rolling days. RED: critical fixes with VP approval. EXHAUSTED: nothing without an override.
   */
  public static ErrorBudgetPolicy standard() {
    return new Builder().build();
  }

  /** The standard policy, changed. */
  public static ErrorBudgetPolicy standard(UnaryOperator<Builder> changes) {
    return changes.apply(new Builder()).build();
  }

  /** Where the bands lie. */
  public BudgetBands bands() {
    return bands;
  }

  /** How long a deploy counts against the limit of a band. */
  public Duration deployWindow() {
    return deployWindow;
  }

  /** What to do without data. */
  public NoData noData() {
    return noData;
  }

  /** How slowly a better band is believed. */
  public Hysteresis hysteresis() {
    return hysteresis;
  }

  /** On which conditions a kind of change is allowed in a band. */
  public Permission permission(BudgetStatus status, ChangeKind kind) {
    return kind == ChangeKind.ROLLBACK
        ? Permission.free()
        : permissions.getOrDefault(status, Map.of()).getOrDefault(kind, Permission.refused());
  }

  /** What a band asks of everybody. */
  public List<String> duties(BudgetStatus status) {
    return duties.getOrDefault(status, List.of());
  }

  /**
   * Whether a change may be deployed in a band.
   *
   * @param deploys how many there were in the policy's rolling window, failed ones included
   * @throws IllegalArgumentException if the number is negative
   */
  public PolicyDecision decide(BudgetStatus status, Change change, int deploys) {
    if (deploys < 0) {
      throw new IllegalArgumentException("deploys " + deploys + ": a count is not negative");
    }
    var permission = permission(status, change.kind());
    var missing = missing(permission, change, deploys);
    var reason = change + " while " + status;
    if (!missing.isEmpty()) {
      return decision(false, status, reason + " " + String.join(" and ", missing), List.of());
    }
    var limit = permission.perWindow();
    var last = limit.isPresent() && deploys + 1 >= limit.getAsInt();
    return decision(
        true,
        status,
        reason,
        last ? List.of("the last of " + limit.getAsInt() + " deploys in " + window()) : List.of());
  }

  /** Whether a change may be deployed although nobody knows how the budget stands. */
  public PolicyDecision decideWithoutData(Change change) {
    var free = change.kind() == ChangeKind.ROLLBACK || noData == NoData.ALLOW_WITH_NOTICE;
    var reason = change + " while no SLO with a say has data";
    return new PolicyDecision(
        free,
        Optional.empty(),
        free ? reason : reason + ": wait for data, or have it overridden",
        List.of("the error budget is unknown"),
        List.of(),
        Optional.empty());
  }

  private List<String> missing(Permission permission, Change change, int deploys) {
    var missing = new ArrayList<String>();
    if (!permission.allowed()) {
      missing.add("is not allowed");
      return missing;
    }
    permission.requires().stream()
        .sorted()
        .filter(requirement -> !change.doneBy().containsKey(requirement))
        .forEach(requirement -> missing.add("needs " + requirement));
    var limit = permission.perWindow();
    if (limit.isPresent() && deploys >= limit.getAsInt()) {
      missing.add(
          "would be deploy "
              + (deploys + 1)
              + " in "
              + window()
              + ", of at most "
              + limit.getAsInt());
    }
    return missing;
  }

  private PolicyDecision decision(
      boolean allowed, BudgetStatus status, String reason, List<String> notices) {
    return new PolicyDecision(
        allowed, Optional.of(status), reason, notices, duties(status), Optional.empty());
  }

  private String window() {
    return Durations.plain(deployWindow);
  }

  private static Map<BudgetStatus, Map<ChangeKind, Permission>> copy(
      Map<BudgetStatus, Map<ChangeKind, Permission>> permissions) {
    var copy = new EnumMap<BudgetStatus, Map<ChangeKind, Permission>>(BudgetStatus.class);
    permissions.forEach((status, kinds) -> copy.put(status, Map.copyOf(kinds)));
    return copy;
  }

  /** What every band allows, a line each. */
  @Override
  public String toString() {
    var text = new StringBuilder(bands.toString());
    for (var status : BudgetStatus.values()) {
      text.append("\n").append(status).append(":");
      for (var kind : ChangeKind.values()) {
        text.append(" ").append(kind).append(" ").append(permission(status, kind)).append(";");
      }
    }
    return text.toString();
  }

  /** Changes the standard policy. Not thread-safe. */
  public static final class Builder {
    private static final int YELLOW_DEPLOYS = 3;

    private final Map<BudgetStatus, Map<ChangeKind, Permission>> permissions =
        new EnumMap<>(BudgetStatus.class);
    private final Map<BudgetStatus, List<String>> duties = new EnumMap<>(BudgetStatus.class);
    private BudgetBands bands = BudgetBands.STANDARD;
    private Duration deployWindow = Duration.ofDays(7);
    private NoData noData = NoData.ALLOW_WITH_NOTICE;
    private Hysteresis hysteresis = Hysteresis.NONE;

    private Builder() {
      for (var kind : ChangeKind.values()) {
        permit(BudgetStatus.GREEN, kind, Permission.free());
      }
      var reviewed = Permission.after(Requirement.ENHANCED_REVIEW).atMost(YELLOW_DEPLOYS);
      permit(BudgetStatus.YELLOW, ChangeKind.CRITICAL_FEATURE, reviewed);
      permit(BudgetStatus.YELLOW, ChangeKind.FIX, reviewed);
      permit(BudgetStatus.YELLOW, ChangeKind.CRITICAL_FIX, reviewed);
      permit(BudgetStatus.RED, ChangeKind.CRITICAL_FIX, Permission.after(Requirement.VP_APPROVAL));
      duties.put(BudgetStatus.GREEN, List.of("standard review"));
      duties.put(BudgetStatus.YELLOW, List.of("enhanced review", "a focus on reliability"));
      duties.put(
          BudgetStatus.RED, List.of("a reliability sprint", "postmortems of recent incidents"));
      duties.put(
          BudgetStatus.EXHAUSTED, List.of("an emergency sprint", "a review with the executives"));
    }

    /** Where the bands lie. */
    public Builder bands(BudgetBands bands) {
      this.bands = bands;
      return this;
    }

    /** What a kind of change needs in a band. A rollback needs nothing, whatever is said here. */
    public Builder permit(BudgetStatus status, ChangeKind kind, Permission permission) {
      permissions
          .computeIfAbsent(status, s -> new EnumMap<>(ChangeKind.class))
          .put(kind, permission);
      return this;
    }

    /** What a band asks of everybody. */
    public Builder duties(BudgetStatus status, List<String> duties) {
      this.duties.put(status, List.copyOf(duties));
      return this;
    }

    /** How long a deploy counts; 7 days unless said otherwise. */
    public Builder deployWindow(Duration window) {
      this.deployWindow = window;
      return this;
    }

    /** What to do without data. */
    public Builder onNoData(NoData noData) {
      this.noData = noData;
      return this;
    }

    /** Believes a better band only slowly; at once unless said otherwise. */
    public Builder hysteresis(Hysteresis hysteresis) {
      this.hysteresis = hysteresis;
      return this;
    }

    private ErrorBudgetPolicy build() {
      var problems = new Problems();
      problems.require(
          !deployWindow.isNegative() && !deployWindow.isZero(),
          "deploy window " + deployWindow + ": longer than nothing");
      problems.throwIfAny("error budget policy");
      return new ErrorBudgetPolicy(this);
    }
  }
}
