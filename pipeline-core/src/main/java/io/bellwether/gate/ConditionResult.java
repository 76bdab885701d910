package io.bellwether.gate;

import io.bellwether.metrics.Reading;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Optional;

/**
 * What became of one condition at one check.
 *
 * @param condition what was required
 * @param outcome what became of it
 * @param candidate the candidate's reading
 * @param stable the stable version's reading, while it serves users
 * @param window how far back the readings go
 * @param shared whether stable breaches the same absolute limit, or can be told neither from
 *     breaching it nor from the candidate: then the trouble is nobody's fault
 * @param detail what has to be added for people; may be empty
 */
public record ConditionResult(
    Condition condition,
    GateOutcome outcome,
    Reading candidate,
    Optional<Reading> stable,
    Duration window,
    boolean shared,
    String detail) {

  /** Whether the condition was kept, within the band that is worth a warning. */
  public boolean warning() {
    return outcome == GateOutcome.PASS
        && candidate.status() == Reading.Status.VALUE
        && condition.warns(candidate.value());
  }

  /**
   * For example {@code error_rate 7.2% (at most 5% in the last 5m, 312 samples; stable 1% of 4000):
   * FAIL}.
   */
  @Override
  public String toString() {
    var metric = condition.metric();
    var text =
        new StringBuilder(metric.name())
            .append(' ')
            .append(metric.format(candidate.value()))
            .append(" (")
            .append(condition.limit().describe(metric))
            .append(" in the last ")
            .append(Durations.plain(window))
            .append(", ")
            .append(candidate.samples())
            .append(candidate.samples() == 1 ? " sample" : " samples");
    stable.ifPresent(
        reading ->
            text.append("; stable ")
                .append(metric.format(reading.value()))
                .append(" of ")
                .append(reading.samples()));
    text.append(") ").append(outcome).append(warning() ? " with a warning" : "");
    return detail.isEmpty() ? text.toString() : text.append(": ").append(detail).toString();
  }
}
