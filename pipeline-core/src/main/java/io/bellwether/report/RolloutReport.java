package io.bellwether.report;

import io.bellwether.analysis.StreamEvidence;
import io.bellwether.rollout.Cause;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What became of a rollout so far. Immutable and thread-safe; the same journal gives the same
 * report, to the byte.
 *
 * <p>Bounded however long the rollout was: of the timeline the beginning and the end are kept, of
 * points over time every second goes when there are more than a thousand.
 *
 * @param run what does not change
 * @param phase where it stands
 * @param step the current step's index, from 0
 * @param weight the candidate's share of the traffic
 * @param explanation where it stands and why, in one sentence
 * @param cause why it went back; empty unless it did
 * @param verified whether stable was found healthy after a rollback; empty while unknown
 * @param asOf when the last thing happened
 * @param timeline what happened, oldest first
 * @param leftOut how many moments in the middle of the timeline were left out
 * @param weights the candidate's share over time
 * @param samples both versions' figures over time
 * @param evidence the judge's e-value over time
 * @param judgement what the judge said last; empty where none compares
 * @param streams what the judge compared, at its last word; empty where the judge is not at hand
 * @param gates every condition of every gate, with what it said last
 * @param holds the times it waited
 * @param requests what people asked for, and who approved
 * @param alerts what people were told; empty where nobody listened
 * @param budgets the error budgets before and after
 */
public record RolloutReport(
    RunInfo run,
    Phase phase,
    int step,
    Weight weight,
    String explanation,
    Optional<Cause> cause,
    Optional<Boolean> verified,
    Instant asOf,
    List<Moment> timeline,
    long leftOut,
    List<WeightPoint> weights,
    List<VersionSample> samples,
    List<EvidencePoint> evidence,
    Optional<String> judgement,
    List<StreamEvidence> streams,
    List<GateLine> gates,
    List<HoldLine> holds,
    List<RequestLine> requests,
    List<AlertLine> alerts,
    List<BudgetLine> budgets) {

  /** Copies the lists. */
  public RolloutReport {
    timeline = List.copyOf(timeline);
    weights = List.copyOf(weights);
    samples = List.copyOf(samples);
    evidence = List.copyOf(evidence);
    streams = List.copyOf(streams);
    gates = List.copyOf(gates);
    holds = List.copyOf(holds);
    requests = List.copyOf(requests);
    alerts = List.copyOf(alerts);
    budgets = List.copyOf(budgets);
  }

  /**
   * The report of a journal alone.
   *
   * @param journal of one rollout, from its {@link RolloutEvent.Accepted} on
   * @throws IllegalArgumentException if it does not begin so
   */
  public static RolloutReport of(List<RolloutEvent> journal) {
    return builder().events(journal).build();
  }

  /** A report in one expression. */
  public static RolloutReport create(UnaryOperator<RolloutReportBuilder> parts) {
    return parts.apply(builder()).build();
  }

  /** A report to be built, or to grow with its rollout. */
  public static RolloutReportBuilder builder() {
    return new RolloutReportBuilder();
  }

  /** How long it has taken so far. */
  public Duration length() {
    return Duration.between(run.startedAt(), asOf);
  }

  /** One JSON object; fields without a value are left out. */
  public String toJson() {
    return ReportJson.of(this);
  }

  /** Markdown for a job summary: outcome, figures, gates, holds, people, alerts and budgets. */
  public String toMarkdown() {
    return ReportMarkdown.of(this);
  }

  /** The explanation. */
  @Override
  public String toString() {
    return explanation;
  }
}
