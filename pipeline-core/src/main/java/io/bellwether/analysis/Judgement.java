package io.bellwether.analysis;

import io.bellwether.Ratio;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A judge's answer, with what it rests on.
 *
 * @param judge the judge's name
 * @param reason why it decided as it did
 * @param streams what it compared, one by one
 * @param culprits the names of the streams that made it roll back; empty unless it does
 * @param exposed requests the candidate has answered during this launch, as far as they were
 *     counted
 * @param alarm the evidence against the candidate and its limit; empty from a judge without
 *     guarantee
 * @param detail what has to be added for people; may be empty
 */
public record Judgement(
    String judge,
    JudgeReason reason,
    List<StreamEvidence> streams,
    List<String> culprits,
    long exposed,
    Optional<Alarm> alarm,
    String detail) {

  /** Copies the lists. */
  public Judgement {
    streams = List.copyOf(streams);
    culprits = List.copyOf(culprits);
  }

  /** What the judge wants to be done. */
  public JudgeDecision decision() {
    return reason.decision();
  }

  /**
   * The evidence against a candidate as an e-value: what a stake of 1 on "the candidate is worse"
   * has become in a game that is fair, or unfavourable, as long as it is not.
   *
   * @param eValue not negative; after an alarm that of its moment
   * @param alpha the share of launches of harmless candidates that may be rolled back
   * @param launch how many times this version has been tried, from 1
   */
  public record Alarm(double eValue, Ratio alpha, int launch) {
    /** The e-value from which the candidate is rolled back: one by alpha. */
    public double limit() {
      return 1 / alpha.value();
    }

    /** False alarms allowed over all launches so far, by the union bound; at most 1. */
    public double alphaSpent() {
      return Math.min(1, launch * alpha.value());
    }

    /** For example {@code e-value 3.1 of 100, launch 1, alpha spent 1%}. */
    @Override
    public String toString() {
      return "e-value "
          + StreamEvidence.plain(eValue)
          + " of "
          + StreamEvidence.plain(limit())
          + ", launch "
          + launch
          + ", alpha spent "
          + Ratio.format(alphaSpent());
    }
  }

  /** For example {@code ROLLBACK by sequential, worse: errors 4.1% (…) …}. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append(decision()).append(" by ").append(judge).append(", ");
    text.append(reason.name().toLowerCase(Locale.ROOT).replace('_', ' '));
    if (!culprits.isEmpty()) {
      text.append(" in ").append(String.join(" and ", culprits));
    }
    text.append(": ");
    alarm.ifPresent(it -> text.append(it).append("; "));
    text.append(exposed).append(" requests exposed");
    var evidence = streams.stream().map(StreamEvidence::toString).collect(Collectors.joining("; "));
    text.append(evidence.isEmpty() ? "" : "; " + evidence);
    return detail.isEmpty() ? text.toString() : text.append("; ").append(detail).toString();
  }
}
