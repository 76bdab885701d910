package io.bellwether.metrics;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.gate.Conditions;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A version that hangs shows few requests and good latencies: no gate may be taken in by that. */
class HungCandidateTest {
  private static final Version CANDIDATE = Version.version("v7");

  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindows windows = OutcomeWindows.create(ticker);

  /** Ten requests a second: one is answered within 300 ms, nine never are. */
  private void hang(int seconds) {
    var window = windows.of("chat", CANDIDATE);
    for (var second = 0; second < seconds; second++) {
      for (var i = 0; i < 10; i++) {
        window.begin(ticker.nanos());
      }
      window.end(ticker.nanos(), ticker.nanos() + 300_000_000, Outcome.success(), 10);
      ticker.seconds(1);
    }
  }

  private GateOutcome outcome(MetricGate gate) {
    return gate.evaluate(
            new Evidence() {
              @Override
              public Reading candidate(Metric metric, Duration window) {
                return windows.read(new MetricQuery("chat", CANDIDATE, metric, window));
              }

              @Override
              public Optional<Reading> stable(Metric metric, Duration window) {
                return Optional.empty();
              }
            })
        .outcome();
  }

  @Test
  void before_the_deadline_the_requests_in_flight_and_their_age_tell() {
    hang(50);

    var snapshot = windows.of("chat", CANDIDATE).snapshot();
    assertThat(snapshot.p95()).as("what has ended looks good").isLessThan(310);
    assertThat(snapshot.errorRate()).isZero();
    assertThat(snapshot.requests()).isEqualTo(50);
    assertThat(snapshot.inFlight()).isEqualTo(450);

    var age = Conditions.duration(Metric.OLDEST_IN_FLIGHT).atMost(Duration.ofSeconds(30));
    assertThat(outcome(MetricGate.named("age", g -> g.require(age)))).isEqualTo(GateOutcome.FAIL);
    var hanging = Conditions.metric(Metric.IN_FLIGHT).atMost(100);
    assertThat(outcome(MetricGate.named("in flight", g -> g.require(hanging))))
        .isEqualTo(GateOutcome.FAIL);
    var latency = Conditions.latency().p95().atMost(Duration.ofSeconds(2));
    assertThat(outcome(MetricGate.named("latency", g -> g.require(latency))))
        .as("a good p95 of few requests is no pass")
        .isEqualTo(GateOutcome.INSUFFICIENT_SAMPLE);
  }

  @Test
  void from_the_deadline_on_what_hangs_is_an_error_with_the_deadline_as_its_latency() {
    hang(180);

    var snapshot = windows.of("chat", CANDIDATE).snapshot();
    assertThat(snapshot.errorRate()).isGreaterThan(0.8);
    assertThat(snapshot.errorKinds()).containsOnlyKeys("timeout");
    assertThat(snapshot.p95()).isBetween(59_500.0, 60_500.0);

    var errors = Conditions.errorRate().atMost(percent(5));
    assertThat(outcome(MetricGate.named("errors", g -> g.require(errors))))
        .isEqualTo(GateOutcome.FAIL);
    var latency = Conditions.latency().p95().atMost(Duration.ofSeconds(2));
    assertThat(outcome(MetricGate.named("latency", g -> g.require(latency))))
        .isEqualTo(GateOutcome.FAIL);
  }
}
