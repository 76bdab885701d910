package io.bellwether.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a stage of a run stands, and how it came there.
 *
 * @param status where it stands
 * @param since when it came there
 * @param attempt how often it was begun
 * @param failures how many of the tries failed by themselves
 * @param beganAt when it was first begun
 * @param heldAt when it first asked its environment's rules
 * @param message what was last said about it
 * @param outputs what it put out
 * @param votes what people said about it
 * @param skip why it was skipped
 * @param stop why it should stop, or was stopped
 * @param dueAt when it is tried again
 */
public record StageState(
    StageStatus status,
    Instant since,
    int attempt,
    int failures,
    Optional<Instant> beganAt,
    Optional<Instant> heldAt,
    String message,
    Map<String, String> outputs,
    List<Vote> votes,
    Optional<SkipCause> skip,
    Optional<StopCause> stop,
    Optional<Instant> dueAt) {
  /** Copies what it was given. */
  public StageState {
    outputs = Map.copyOf(outputs);
    votes = List.copyOf(votes);
  }

  static StageState waiting(Instant at) {
    return new StageState(
        StageStatus.WAITING,
        at,
        0,
        0,
        Optional.empty(),
        Optional.empty(),
        "",
        Map.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** From its first beginning to its end, or empty if it never ran or has not ended. */
  public Optional<Duration> took() {
    return status.hasEnded()
        ? beganAt.map(began -> Duration.between(began, since))
        : Optional.empty();
  }

  /** How long it waited for its environment's rules, as far as it got through them. */
  public Optional<Duration> held() {
    return heldAt.flatMap(asked -> beganAt.map(began -> Duration.between(asked, began)));
  }

  StageEdit edit() {
    return new StageEdit(this);
  }
}
