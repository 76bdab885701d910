package io.bellwether.gate;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.emptyRate;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.gate.Conditions.quality;
import static io.bellwether.gate.Conditions.successRate;

import java.time.Duration;

/** Ready gates; each is a value to start from with {@link MetricGate#toBuilder()}. */
public final class Gates {
  private Gates() {}

  /**
   * What a canary has to keep: error rate at most 5 %, latency p95 at most 2000 ms, success rate at
   * least 95 %, each failing at the first breached check with enough samples.
   */
  public static MetricGate canaryDefaults() {
    return MetricGate.named(
        "canary",
        g ->
            g.require(errorRate().atMost(percent(5)))
                .require(latency().p95().atMost(Duration.ofMillis(2000)))
                .require(successRate().atLeast(percent(95))));
  }

  /** What a new slot has to keep after the switch: error rate at most 5 %. */
  public static MetricGate blueGreenDefaults() {
    return MetricGate.named("blue-green", g -> g.require(errorRate().atMost(percent(5))));
  }

  /** Empty answers not more than two points above stable: AI systems fail silently. */
  public static MetricGate emptyAnswers() {
    return MetricGate.named(
        "empty answers", g -> g.require(emptyRate().atMostAboveStable(percent(2))));
  }

  /** The host's quality score not below 95 % of stable's. */
  public static MetricGate qualityKept() {
    return MetricGate.named("quality", g -> g.require(quality().atLeastTimesStable(0.95)));
  }
}
