package io.bellwether.gate;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.emptyRate;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.freshTelemetry;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.gate.Conditions.quality;
import static io.bellwether.gate.Conditions.rateLimitedRate;
import static io.bellwether.gate.Conditions.successRate;

import io.bellwether.metrics.Thresholds;

/** Ready gates; each is a value to start from with {@link MetricGate#toBuilder()}. */
public final class Gates {
  private Gates() {}

  /**
   * What a canary has to keep: error rate at most 5 %, latency p95 at most 2000 ms, success rate at
   * least 95 %, each failing at the first breached check with enough samples.
   */
  public static MetricGate canaryDefaults() {
    return canary(Thresholds.defaults());
  }

  /** What a new slot has to keep after the switch: error rate at most 5 %. */
  public static MetricGate blueGreenDefaults() {
    return blueGreen(Thresholds.defaults());
  }

  /**
   * What a canary has to keep by these thresholds: the critical error and success rates and the
   * latency p95, each failing at the first breached check; how long breaches last is for alerts.
   * From the warning edge of the error rate on, a kept check carries a warning.
   */
  public static MetricGate canary(Thresholds thresholds) {
    return MetricGate.named(
        "canary",
        g ->
            g.require(errors(thresholds))
                .require(latency().p95().atMost(thresholds.latencyP95()))
                .require(successRate().atLeast(thresholds.successCritical()))
                .minSamples(thresholds.minSamples()));
  }

  /** What a new slot has to keep after the switch by these thresholds: the critical error rate. */
  public static MetricGate blueGreen(Thresholds thresholds) {
    return MetricGate.named(
        "blue-green", g -> g.require(errors(thresholds)).minSamples(thresholds.minSamples()));
  }

  /**
   * Whether rate limits are being hit: not more requests turned away than the thresholds allow. A
   * limit that stable hits as well holds the rollout, like any shared trouble.
   */
  public static MetricGate rateLimits(Thresholds thresholds) {
    return MetricGate.named(
        "rate limits",
        g ->
            g.require(rateLimitedRate().atMost(thresholds.rateLimited()))
                .minSamples(thresholds.minSamples()));
  }

  /**
   * Whether the candidate's telemetry is there: at least half of the requests that stable's
   * requests and the weights let expect, over 5 minutes. Otherwise there is no data and the rollout
   * is held, for as long as missing telemetry may last.
   */
  public static MetricGate telemetryArrives() {
    return MetricGate.named("telemetry", g -> g.require(freshTelemetry(percent(50))));
  }

  private static Condition errors(Thresholds thresholds) {
    return errorRate().atMost(thresholds.errorCritical()).warnFrom(thresholds.errorWarning());
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
