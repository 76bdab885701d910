package io.bellwether.gate;

import io.bellwether.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A named set of conditions a rollout has to keep. Immutable and thread-safe.
 *
 * @param name for people and for the journal; not blank
 * @param conditions at least one, no two alike
 * @param minSamples requests a condition needs to say anything, unless it has a minimum of its own
 * @param noData what no data means, unless a condition has a policy of its own
 * @param errorsTolerated how many checks of a condition in a row may end in an error before the
 *     gate says so; until then it is {@link GateOutcome#PENDING}
 * @param dryRun whether the gate reports without deciding
 */
public record MetricGate(
    String name,
    List<Condition> conditions,
    long minSamples,
    NoDataPolicy noData,
    int errorsTolerated,
    boolean dryRun) {

  /** Refuses, all at once, what could never be evaluated. */
  public MetricGate {
    var problems = new Problems();
    conditions = problems.allGiven("a condition", conditions);
    problems
        .require(
            !problems.given(name, "the name") || !name.isBlank(),
            "the name is blank; give it a name people will read in alerts")
        .require(
            !conditions.isEmpty(),
            "no condition; add one, such as require(errorRate().atMost(percent(5)))")
        .require(minSamples >= 1, "minSamples is " + minSamples + ", expected at least 1")
        .require(
            errorsTolerated >= 0, "errorsTolerated is " + errorsTolerated + ", expected 0 or more")
        .require(
            new HashSet<>(conditions).size() == conditions.size(),
            "the same condition stands there twice: " + conditions)
        .require(
            noData != null,
            "onNoData is missing; say what no data means, such as NoDataPolicy.HOLD")
        .throwIfAny("gate '" + name + "'");
  }

  /**
   * A gate built in one expression.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static MetricGate named(String name, UnaryOperator<Builder> conditions) {
    return conditions.apply(new Builder(name)).build();
  }

  /** A gate to be built. */
  public static Builder builder(String name) {
    return new Builder(name);
  }

  /** A builder that starts from this gate. */
  public Builder toBuilder() {
    var builder =
        new Builder(name).minSamples(minSamples).onNoData(noData).errorsTolerated(errorsTolerated);
    builder.dryRun = dryRun;
    conditions.forEach(builder::require);
    return builder;
  }

  /** The same gate, reporting without deciding. */
  public MetricGate asDryRun() {
    return new MetricGate(name, conditions, minSamples, noData, errorsTolerated, true);
  }

  /** The longest time one of the conditions lets a breach last. */
  public Duration longestBreach() {
    return conditions.stream()
        .map(Condition::breachedFor)
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  /**
   * Judges the evidence; pure.
   *
   * @param evidence readings of this moment
   * @param breaches what the last check remembered, {@link Breaches#NONE} at the first
   * @param longest no reading goes further back than this, because the candidate has not been
   *     judged for longer
   * @param now the moment of the readings
   */
  public Evaluation evaluate(Evidence evidence, Breaches breaches, Duration longest, Instant now) {
    return new GateEvaluation(this, evidence, longest, now).run(breaches);
  }

  /** Judges the evidence of this moment alone. */
  public Verdict evaluate(Evidence evidence) {
    return evaluate(evidence, Breaches.NONE, Duration.ofDays(365), Instant.EPOCH).verdict();
  }

  /**
   * A verdict and what has to be remembered for the next check.
   *
   * @param verdict what became of the gate
   * @param breaches to hand to the next evaluation
   */
  public record Evaluation(Verdict verdict, Breaches breaches) {}

  /** For example {@code production: error_rate at most 5%, latency_p95 at most 2000 ms}. */
  @Override
  public String toString() {
    return name
        + (dryRun ? " (dry run)" : "")
        + ": "
        + String.join(", ", conditions.stream().map(Condition::toString).toList());
  }

  /** Collects a gate's conditions. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final List<Condition> conditions = new ArrayList<>();
    private long minSamples = 100;
    private NoDataPolicy noData = NoDataPolicy.HOLD;
    private int errorsTolerated;
    private boolean dryRun;

    private Builder(String name) {
      this.name = name;
    }

    /** Adds a condition. */
    public Builder require(Condition condition) {
      conditions.add(condition);
      return this;
    }

    /** Requests a condition needs to say anything; 100 unless said otherwise. */
    public Builder minSamples(long samples) {
      minSamples = samples;
      return this;
    }

    /** What no data means; {@link NoDataPolicy#HOLD} unless said otherwise. */
    public Builder onNoData(NoDataPolicy policy) {
      noData = policy;
      return this;
    }

    /**
     * How many errors of the source in a row are put up with, apart from failures of the version;
     * none unless said otherwise. What it counts to is {@link Breaches}.
     */
    public Builder errorsTolerated(int checks) {
      errorsTolerated = checks;
      return this;
    }

    /** The gate reports and never decides. */
    public Builder dryRun() {
      dryRun = true;
      return this;
    }

    /**
     * The gate.
     *
     * @throws io.bellwether.InvalidConfigurationException with every problem at once
     */
    public MetricGate build() {
      return new MetricGate(name, conditions, minSamples, noData, errorsTolerated, dryRun);
    }
  }
}
