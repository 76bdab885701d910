package io.bellwether.health;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.Ratio;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.metrics.Thresholds;
import io.bellwether.testing.Cases;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HealthMonitorTest {
  private static final Instant START = MutableClock.START;

  private final VirtualTime time = VirtualTime.create();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<Duration> probes = new ArrayList<>();
  private final List<Downtime> downtimes = new ArrayList<>();
  private HealthStatus status = HealthStatus.OK;

  @Test
  void it_probes_every_quarter_of_an_hour_and_every_30_seconds_after_a_failure() {
    try (var monitor = monitor(m -> m)) {
      time.advance(ofMinutes(20));
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(11));
      status = HealthStatus.OK;
      time.advance(ofMinutes(20));

      assertThat(probes)
          .containsExactly(
              ofMinutes(0),
              ofMinutes(15),
              ofMinutes(30),
              ofSeconds(1830),
              ofSeconds(1860),
              ofSeconds(1890),
              ofSeconds(2790));
      assertThat(monitor).isNotNull();
    }
  }

  @Test
  void an_incident_is_told_once_and_its_end_once() {
    try (var monitor = monitor(m -> m.service("chat").environment("production"))) {
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(3));
      status = HealthStatus.OK;
      time.advance(ofMinutes(1));
      assertThat(monitor).isNotNull();
    }

    assertThat(alerts).hasSize(2);
    assertThat(alerts.get(0).severity()).isEqualTo(Severity.CRITICAL);
    assertThat(alerts.get(0).summary())
        .isEqualTo("chat: ai_api is DOWN since 2026-01-01T00:00:00Z: as told");
    assertThat(alerts.get(0).nextStep()).isEqualTo("Look at ai_api; it is probed again every 30s.");
    assertThat(alerts.get(0).labels())
        .containsEntry("service", "chat")
        .containsEntry("environment", "production")
        .containsEntry("check", "ai_api");
    assertThat(alerts.get(0).status()).isEqualTo(Alert.Status.FIRING);
    assertThat(alerts.get(1).status()).isEqualTo(Alert.Status.RESOLVED);
    assertThat(alerts.get(1).labels()).isEqualTo(alerts.get(0).labels());
    assertThat(alerts.get(1).summary()).isEqualTo("chat: ai_api is OK again after 3m 30s (DOWN)");
  }

  @Test
  void degraded_is_a_warning_and_getting_worse_is_told() {
    try (var monitor = monitor(m -> m)) {
      status = HealthStatus.DEGRADED;
      time.advance(ofMinutes(1));
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(1));
      status = HealthStatus.OK;
      time.advance(ofMinutes(1));
      assertThat(monitor).isNotNull();
    }

    assertThat(alerts)
        .extracting(Alert::severity)
        .containsExactly(Severity.WARNING, Severity.CRITICAL, Severity.WARNING, Severity.CRITICAL);
    assertThat(alerts)
        .extracting(Alert::status)
        .containsExactly(
            Alert.Status.FIRING, Alert.Status.FIRING, Alert.Status.RESOLVED, Alert.Status.RESOLVED);
  }

  @Test
  void a_failure_counts_when_it_is_confirmed_and_is_dated_from_its_first_sight() {
    try (var monitor = monitor(m -> m.confirmations(3))) {
      status = HealthStatus.DOWN;
      time.advance(ofSeconds(30));
      assertThat(alerts).isEmpty();
      time.advance(ofSeconds(30));
      assertThat(alerts).hasSize(1);
      assertThat(alerts.get(0).summary()).contains("since " + START);
      assertThat(monitor).isNotNull();
    }
  }

  @Test
  void a_failure_that_is_not_confirmed_is_told_to_nobody() {
    try (var monitor = monitor(m -> m.confirmations(2))) {
      status = HealthStatus.DOWN;
      time.advance(ofSeconds(10));
      status = HealthStatus.OK;
      time.advance(ofMinutes(60));
      assertThat(monitor).isNotNull();
    }

    assertThat(alerts).isEmpty();
  }

  @Test
  void downtime_is_first_bad_to_first_good_with_its_probe_error_and_coverage() {
    try (var monitor = monitor(m -> m)) {
      time.advance(ofMinutes(14));
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(5));
      status = HealthStatus.OK;
      time.advance(ofMinutes(26));

      var report = monitor.downtime(START, START.plus(ofMinutes(30)));

      assertThat(report.downtimes())
          .containsExactly(
              new Downtime(
                  START.plus(ofMinutes(15)),
                  Optional.of(START.plus(ofSeconds(1170))),
                  Optional.of(START),
                  START.plus(ofMinutes(19))));
      assertThat(report)
          .hasToString("down 4m 30s (probe error +15m, -30s) in 1 downtime, coverage 100%");
      assertThat(downtimes).hasSize(10);
    }
  }

  @Test
  void time_in_which_nobody_probed_is_not_covered() {
    var monitor = monitor(m -> m);
    time.advance(ofMinutes(15));
    monitor.close();
    time.advance(ofMinutes(60));
    monitor.start();
    time.advance(ofMinutes(15));

    var report = monitor.downtime(START, START.plus(ofMinutes(90)));

    assertThat(report.coverage()).isEqualTo(Ratio.of(30.0 / 90));
    monitor.close();
  }

  @Test
  void nothing_is_probed_after_close() {
    var monitor = monitor(m -> m);
    time.advance(ofMinutes(1));
    monitor.close();
    time.advance(ofMinutes(60));

    assertThat(probes).hasSize(1);
  }

  @Test
  void a_channel_that_fails_does_not_stop_the_probing() {
    var registry = registry();
    try (var monitor =
        HealthMonitor.create(
            registry,
            time.source(),
            Runnable::run,
            m ->
                m.notifier(
                        alert -> {
                          throw new IllegalStateException("channel gone");
                        })
                    .listener(
                        new HealthListener() {
                          @Override
                          public void on(HealthEvent event) {
                            throw new IllegalStateException("listener gone");
                          }
                        }))) {
      monitor.start();
      status = HealthStatus.DOWN;
      time.advance(ofMinutes(2));
      assertThat(probes).hasSize(5);
    }
  }

  @Test
  void the_period_comes_from_the_environments_limits() {
    var limits = Thresholds.create(t -> t.healthCheckInterval(ofMinutes(5)));
    try (var monitor = monitor(m -> m.thresholds(limits))) {
      time.advance(ofMinutes(10));
      assertThat(probes).containsExactly(ofMinutes(0), ofMinutes(5), ofMinutes(10));
      assertThat(monitor).isNotNull();
    }
  }

  @Test
  void settings_that_contradict_each_other_are_refused_at_once() {
    assertThatThrownBy(
            () -> monitor(m -> m.every(ofSeconds(10)).afterFailure(ofSeconds(30)).confirmations(0)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("afterFailure 30s is longer", "confirmations: 0");
  }

  @Test
  void over_any_history_each_incident_is_told_once_and_ends_once() {
    Cases.forAll(
        "failures and recoveries alternate per check",
        500,
        gen -> {
          var confirmations = gen.between(1, 3);
          var watch = new HealthWatch(confirmations, Map.of());
          var open = false;
          var bad = 0;
          for (var step = 0; step < 40; step++) {
            var next = gen.pick(HealthStatus.values());
            var report =
                new HealthReport(
                    START.plusSeconds(step),
                    List.of(new CheckReport("a", next, Duration.ZERO, "")));
            var look = watch.look(report);
            watch = look.watch();
            bad = next == HealthStatus.OK ? 0 : bad + 1;
            var failed =
                look.events().stream().filter(HealthEvent.Failed.class::isInstance).count();
            var over =
                look.events().stream().filter(HealthEvent.Recovered.class::isInstance).count();
            assertThat(failed).isEqualTo(!open && bad == confirmations ? 1 : 0);
            assertThat(over).isEqualTo(open && bad == 0 ? 1 : 0);
            open = bad >= confirmations;
          }
        });
  }

  private HealthMonitor monitor(UnaryOperator<HealthMonitor.Builder> settings) {
    return HealthMonitor.create(
            registry(),
            time.source(),
            Runnable::run,
            m ->
                settings
                    .apply(m)
                    .notifier(alerts::add)
                    .listener(
                        new HealthListener() {
                          @Override
                          public void on(Downtime downtime) {
                            downtimes.add(downtime);
                          }
                        }))
        .start();
  }

  private HealthRegistry registry() {
    return HealthRegistry.create(
        time.source(),
        Runnable::run,
        h ->
            h.check(
                "ai_api",
                () -> {
                  probes.add(Duration.between(START, time.instant()));
                  return new HealthResult(status, "as told");
                }));
  }
}
