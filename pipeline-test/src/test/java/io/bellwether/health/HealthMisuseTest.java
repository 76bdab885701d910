package io.bellwether.health;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Whatever a host's checks do, health is told. */
class HealthMisuseTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.create();

  @Test
  void a_check_that_threw_any_error_or_said_nothing_is_asked_again() {
    var looks = new AtomicInteger();
    var health =
        registry(
            h ->
                h.check(
                        "it",
                        () ->
                            switch (looks.incrementAndGet()) {
                              case 1 -> throw new OutOfMemoryError("heap");
                              case 2 -> none();
                              default -> HealthResult.ok();
                            })
                    .cachedFor(Duration.ZERO));
    assertThat(health.report()).hasToString("DOWN: it DOWN in 0ms: heap");
    assertThat(health.report()).hasToString("DOWN: it DOWN in 0ms: it said nothing");
    assertThat(health.report().status()).isEqualTo(HealthStatus.OK);
  }

  @Test
  void a_result_without_words_is_told_and_one_without_a_status_is_refused() {
    var health = registry(h -> h.check("it", () -> HealthResult.down(none())));
    assertThat(health.report().toJson()).contains("\"status\":\"DOWN\"");
    assertThatThrownBy(() -> new HealthResult(none(), "x")).hasMessageContaining("needs a status");
    assertThatThrownBy(() -> registry(h -> h.check("a", none())))
        .hasMessageContaining("the check 'a' is missing");
  }

  @Test
  void for_ever_is_a_duration_like_any_other() {
    var health =
        registry(
            h ->
                h.check("it", FOREVER, () -> HealthResult.down("gone"))
                    .deadline(FOREVER)
                    .retryAfter(FOREVER)
                    .cachedFor(FOREVER));
    assertThat(health.report().httpStatus()).isEqualTo(503);
    assertThat(health.report().httpStatus()).isEqualTo(503);
    var alerts = new ArrayList<String>();
    try (var monitor =
        HealthMonitor.create(
                health,
                time.source(),
                Runnable::run,
                m -> m.every(FOREVER).notifier(alert -> alerts.add(alert.name())))
            .start()) {
      time.advance(ofMinutes(2));
      assertThat(alerts).containsExactly("health_check_failed");
      assertThat(monitor.downtime(time.instant().minusSeconds(60), time.instant()).down())
          .isEqualTo(ofMinutes(1));
    }
  }

  @Test
  void listeners_and_notifiers_that_throw_errors_end_no_monitor() {
    var probes = new AtomicInteger();
    var health =
        registry(
            h ->
                h.check(
                        "it",
                        () -> {
                          probes.incrementAndGet();
                          return HealthResult.down("gone");
                        })
                    .cachedFor(Duration.ZERO));
    var listener =
        new HealthListener() {
          @Override
          public void on(HealthReport report) {
            throw new AssertionError("a test's");
          }
        };
    try (var monitor =
        HealthMonitor.create(
                health,
                time.source(),
                Runnable::run,
                m ->
                    m.listener(listener)
                        .notifier(
                            alert -> {
                              throw new AssertionError("a mock's");
                            }))
            .start()) {
      time.advance(ofMinutes(2));
      assertThat(probes).hasValue(5);
      assertThat(monitor.downtime(time.instant().minusSeconds(60), time.instant()).down())
          .isEqualTo(ofMinutes(1));
    }
  }

  private HealthRegistry registry(UnaryOperator<HealthRegistry.Builder> checks) {
    return HealthRegistry.create(time.source(), Runnable::run, checks);
  }

  @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
  private static <T> T none() {
    return null;
  }
}
