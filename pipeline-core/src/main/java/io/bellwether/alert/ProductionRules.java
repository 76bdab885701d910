package io.bellwether.alert;

import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.gate.Conditions.metric;
import static io.bellwether.gate.Conditions.successRate;
import static io.bellwether.gate.Conditions.tokenUsage;

import io.bellwether.metrics.Thresholds;
import java.time.Duration;

/** The rules the library comes with. */
final class ProductionRules {
  private ProductionRules() {}

  static AlertRulesBuilder builder(Thresholds limits) {
    return errors(new AlertRulesBuilder(), limits)
        .critical(
            "success_rate_low",
            r ->
                r.require(
                        successRate()
                            .atLeast(limits.successCritical())
                            .breachedFor(limits.successFor())
                            .minSamples(limits.minSamples()))
                    .nextStep("Look which workflows fail, and roll back if a release is new."))
        .warning(
            "latency_p95_high",
            r ->
                r.require(
                        latency()
                            .p95()
                            .atMost(limits.latencyP95())
                            .breachedFor(limits.latencyFor()))
                    .nextStep("Compare the provider's latency with ours, and the prompts' sizes."))
        .warning(
            "token_usage_high",
            r ->
                r.require(tokenUsage().atMost(limits.tokenUsage()).minSamples(1))
                    .nextStep("Raise the limit or lower the traffic before requests are refused."))
        .critical(
            "health_check_failed",
            r ->
                r.require(
                        metric(AlertRules.FAILED_HEALTH_CHECKS)
                            .atMost(0)
                            .over(Duration.ofMinutes(1))
                            .minSamples(1))
                    .nextStep("Open the detailed health page and see to the failed check."))
        .event("health_check_failure", Severity.CRITICAL)
        .event("deployment_completed", Severity.INFO)
        .event("version_rollout_milestone", Severity.INFO)
        .event("daily_summary", Severity.INFO);
  }

  /**
   * The warning goes on while the graver rule's hold runs, so that nobody reads "resolved" then.
   */
  private static AlertRulesBuilder errors(AlertRulesBuilder rules, Thresholds limits) {
    return rules
        .critical(
            "error_rate_high",
            r ->
                r.require(
                        errorRate()
                            .atMost(limits.errorCritical())
                            .breachedFor(limits.errorFor())
                            .minSamples(limits.minSamples()))
                    .nextStep("Roll back if a release is new; else look at the provider's status."))
        .warning(
            "error_rate_elevated",
            r ->
                r.require(errorRate().below(limits.errorWarning()).minSamples(limits.minSamples()))
                    .unless(
                        errorRate().atMost(limits.errorCritical()).minSamples(limits.minSamples()))
                    .keepFiring(limits.errorFor())
                    .nextStep("Read the error kinds in the logs and watch whether it grows."));
  }
}
