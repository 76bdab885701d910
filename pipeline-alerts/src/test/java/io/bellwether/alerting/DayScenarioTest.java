package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.AlertRules;
import io.bellwether.alert.AlertSubject;
import io.bellwether.alert.RuleStates;
import io.bellwether.gate.Evidence;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.testing.VirtualTime;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A day of a service: measured every half minute, with two incidents and a receiver's outage. */
class DayScenarioTest {
  private final VirtualTime time = VirtualTime.create();
  private final Recorder pager = new Recorder("pager", time).downBetween(36_000, 37_800);
  private final Recorder channel = new Recorder("channel", time);

  private double errorRate(double second) {
    var first = second >= 10_000 && second < 14_000;
    var whileThePagerIsAway = second >= 36_000 && second < 37_000;
    return first || whileThePagerIsAway ? 0.072 : 0.004;
  }

  /** The second day, once the JVM knows the code; by this thread's own time. */
  @Test
  void a_day_passes_in_under_a_second_and_tells_each_incident_once() {
    new DayScenarioTest().live();
    var cpu = ManagementFactory.getThreadMXBean();
    var began = cpu.getCurrentThreadCpuTime();
    live();
    var took = Duration.ofNanos(cpu.getCurrentThreadCpuTime() - began);

    assertThat(took).isLessThan(Duration.ofSeconds(1));
    assertThat(pager.arrivals)
        .extracting(arrival -> arrival.notification().reason().id())
        .containsExactly("first", "repeat", "all_resolved", "late");
    assertThat(channel.arrivals.stream().filter(a -> !a.resolved().isEmpty())).hasSize(2);
  }

  private void live() {
    var rules = AlertRules.productionDefaults(r -> r.runbooks("https://wiki.example.com/"));
    var subject = AlertSubject.of("chat", Version.version("v7"), "production");
    var states = RuleStates.NONE;
    try (var router =
        AlertRouter.create(r -> r.time(time.source()).critical(pager, channel).warning(channel))) {
      for (var check = 0; check < 2_880; check++) {
        var rate = errorRate(Recorder.seconds(time.instant()));
        var evidence =
            Evidence.of(
                Map.of(
                    Metric.ERROR_RATE, Reading.of(rate, 5_000, "day"),
                    Metric.SUCCESS_RATE, Reading.of(1 - rate, 5_000, "day")));
        var found = rules.evaluate(states, subject, evidence, time.instant());
        states = found.states();
        router.notifyAll(found.alerts());
        time.advance(Duration.ofSeconds(30));
      }
      assertThat(router.size()).isZero();
    }
  }
}
