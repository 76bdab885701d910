package io.bellwether.secret.source;

import static io.bellwether.release.Version.version;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.health.HealthResult;
import io.bellwether.health.HealthStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Clearance.Decision;
import io.bellwether.rollout.RunInfo;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import io.bellwether.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SecretAgeGateTest {
  private final MutableClock clock = MutableClock.create();
  private final SecretRotation rotation =
      SecretRotation.of(
          "AI_API_KEY",
          SecretScope.environment("production"),
          Secret.of("canary-old-1"),
          clock.instant(),
          SecretAge.production(),
          clock,
          SecretMasker.create());
  private final SecretAgeGate gate = SecretAgeGate.of(rotation);

  private RunInfo run(RunInfo.Purpose purpose) {
    return new RunInfo(
        "r-1", "chat", version("v1"), version("v2"), purpose, "plan", clock.instant());
  }

  private Clearance deploy() {
    return gate.ask(run(RunInfo.Purpose.DEPLOY), 0);
  }

  @Test
  void a_rollout_goes_on_until_the_secret_is_overdue_and_again_after_its_rotation() {
    assertThat(deploy()).isEqualTo(Clearance.go());
    clock.advance(Duration.ofDays(90).minusNanos(1));
    assertThat(deploy().decision()).isEqualTo(Decision.GO);
    assertThat(deploy().reason()).isEqualTo("AI_API_KEY edition 1, DUE");
    clock.advance(Duration.ofNanos(1));
    assertThat(deploy())
        .isEqualTo(
            Clearance.waitFor(
                "AI_API_KEY edition 1, OVERDUE; rotate it: create, verified, promote"));
    assertThat(gate.ask(run(RunInfo.Purpose.REVERT), 0))
        .as("the way back")
        .isEqualTo(Clearance.go());
    rotation.create(Secret.of("canary-new-2"));
    rotation.verified();
    rotation.promote(Duration.ofHours(1));
    assertThat(deploy()).isEqualTo(Clearance.go());
    rotation.exposed();
    assertThat(deploy().decision()).isEqualTo(Decision.WAIT);
  }

  @Test
  void a_stage_on_a_protected_environment_waits_for_it() {
    var production = Environment.named("production", e -> e.rule(gate));
    var request =
        new ProtectionRequest(
            "r-1",
            "deploy",
            "production",
            Trigger.of("main", "4f2a9c1", "dev"),
            clock.instant(),
            List.of());
    assertThat(production.look(request, clock.instant()).clearance().decision())
        .isEqualTo(Decision.GO);
    rotation.exposed();
    var verdict = production.look(request, clock.instant());
    assertThat(verdict.clearance().decision()).isEqualTo(Decision.WAIT);
    assertThat(verdict.findings()).singleElement().asString().contains("secret age", "OVERDUE");
  }

  @Test
  void health_is_degraded_while_it_is_overdue() throws Exception {
    var check = gate.check();
    assertThat(check.look()).isEqualTo(HealthResult.ok());
    clock.advance(Duration.ofDays(72));
    assertThat(check.look()).isEqualTo(HealthResult.ok("AI_API_KEY edition 1, DUE"));
    rotation.exposed();
    assertThat(check.look().status()).isEqualTo(HealthStatus.DEGRADED);
  }

  @Test
  void a_secret_of_another_source_is_judged_by_the_age_it_tells() {
    var made = clock.instant();
    SecretSource vault =
        name ->
            name.equals("DB_PASSWORD")
                ? Optional.of(
                    new FoundSecret(
                        name,
                        Secret.of("canary-db-1"),
                        SecretScope.repository(),
                        "vault",
                        "7",
                        Optional.of(made)))
                : Optional.empty();
    var both = gate.and(vault, "DB_PASSWORD", new SecretAge(Duration.ofDays(30)), clock);
    assertThat(both.look()).isEqualTo(Clearance.go());
    clock.advance(Duration.ofDays(30));
    assertThat(both.look().reason()).startsWith("DB_PASSWORD, 30 of 30 days old, OVERDUE; rotate");
    assertThat(gate.and(vault, "MAIL_PASSWORD", SecretAge.production(), clock).look().reason())
        .startsWith("MAIL_PASSWORD is not there");
    var ageless = SecretSources.inMemory(Map.of("A_KEY", Secret.of("canary-x-1")));
    assertThat(gate.and(ageless, "A_KEY", SecretAge.production(), clock).look())
        .extracting(Clearance::decision, Clearance::reason)
        .containsExactly(
            Decision.WAIT, "A_KEY is of unknown age; rotate it: create, verified, promote");
  }
}
