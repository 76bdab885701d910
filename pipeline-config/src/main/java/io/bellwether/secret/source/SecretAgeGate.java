package io.bellwether.secret.source;

import io.bellwether.health.HealthCheck;
import io.bellwether.health.HealthResult;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.pipeline.protection.ProtectionRule;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RunInfo;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.SecretSource;
import io.bellwether.secret.source.SecretAge.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds what would go to production with a secret that is overdue: a guard of rollouts, a rule of a
 * protected environment, and a check among those of a service's health.
 *
 * <p>It says wait, never no, so that a rollout goes on once the secret has been rotated; the way
 * back is always open. A secret that is merely due is told and holds nothing. Thread-safe.
 */
public final class SecretAgeGate implements RolloutGuard, ProtectionRule {
  private final List<Supplier<Finding>> secrets;

  private record Finding(Status status, String words) {}

  private SecretAgeGate(List<Supplier<Finding>> secrets) {
    this.secrets = List.copyOf(secrets);
  }

  /** A gate on the current editions of these secrets. */
  public static SecretAgeGate of(SecretRotation... rotations) {
    var secrets = new ArrayList<Supplier<Finding>>();
    for (var rotation : rotations) {
      secrets.add(() -> of(rotation));
    }
    return new SecretAgeGate(secrets);
  }

  /**
   * This gate on one more secret, of a source that knows since when it has it: a file, a vault. One
   * whose age nobody knows, or that is not there, counts as overdue.
   *
   * @param clock the wall clock
   */
  public SecretAgeGate and(SecretSource source, String name, SecretAge age, InstantSource clock) {
    var more = new ArrayList<>(secrets);
    more.add(() -> of(source.find(name), name, age, clock.instant()));
    return new SecretAgeGate(more);
  }

  private static Finding of(SecretRotation rotation) {
    return new Finding(rotation.status(), rotation.toString());
  }

  private static Finding of(Optional<FoundSecret> found, String name, SecretAge age, Instant now) {
    var made = found.flatMap(FoundSecret::since);
    if (made.isEmpty()) {
      var why = found.isEmpty() ? " is not there" : " is of unknown age";
      return new Finding(Status.OVERDUE, name + why);
    }
    var status = age.statusOf(made.get(), now);
    var days = Duration.between(made.get(), now).toDays();
    return new Finding(
        status, name + ", " + days + " of " + age.most().toDays() + " days old, " + status);
  }

  /** What the ages of all its secrets say now. */
  public Clearance look() {
    var findings = secrets.stream().map(Supplier::get).toList();
    var overdue = words(findings, Status.OVERDUE);
    if (!overdue.isEmpty()) {
      return Clearance.waitFor(overdue + "; rotate it: create, verified, promote");
    }
    return new Clearance(Clearance.Decision.GO, words(findings, Status.DUE));
  }

  private static String words(List<Finding> findings, Status status) {
    return String.join(
        "; ", findings.stream().filter(one -> one.status() == status).map(Finding::words).toList());
  }

  @Override
  public Clearance ask(RunInfo run, int step) {
    return run.purpose() == RunInfo.Purpose.REVERT ? Clearance.go() : look();
  }

  @Override
  public String name() {
    return "secret age";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    return look();
  }

  /** A health check that is degraded while a secret is overdue, and says when one is due. */
  public HealthCheck check() {
    return () -> {
      var clearance = look();
      return clearance.decision() == Clearance.Decision.GO
          ? HealthResult.ok(clearance.reason())
          : HealthResult.degraded(clearance.reason());
    };
  }
}
