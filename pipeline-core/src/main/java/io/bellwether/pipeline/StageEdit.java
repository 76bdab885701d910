package io.bellwether.pipeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A stage's state while it is being changed; lives inside one call. */
final class StageEdit {
  private final StageState from;
  private StageStatus status;
  private Instant since;
  private int attempt;
  private int failures;
  private Optional<Instant> beganAt;
  private Optional<Instant> heldAt;
  private String message;
  private Map<String, String> outputs;
  private final List<Vote> votes;
  private Optional<SkipCause> skip;
  private Optional<StopCause> stop;
  private Optional<Instant> dueAt;

  StageEdit(StageState from) {
    this.from = from;
    status = from.status();
    since = from.since();
    attempt = from.attempt();
    failures = from.failures();
    beganAt = from.beganAt();
    heldAt = from.heldAt();
    message = from.message();
    outputs = from.outputs();
    votes = new ArrayList<>(from.votes());
    skip = from.skip();
    stop = from.stop();
    dueAt = from.dueAt();
  }

  /** Comes to another status; what it was waiting for there is over. */
  StageEdit to(StageStatus status, Instant at, String message) {
    this.status = status;
    this.message = message;
    since = at;
    dueAt = Optional.empty();
    return this;
  }

  StageEdit held(Instant at) {
    heldAt = Optional.of(at);
    return to(StageStatus.HELD, at, "");
  }

  StageEdit began(Instant at, int attempt) {
    this.attempt = attempt;
    beganAt = from.beganAt().isPresent() ? from.beganAt() : Optional.of(at);
    stop = Optional.empty();
    return to(StageStatus.RUNNING, at, "");
  }

  StageEdit retrying(Instant at, Instant due, String message) {
    failures++;
    to(StageStatus.RETRYING, at, message);
    dueAt = Optional.of(due);
    return this;
  }

  StageEdit saying(String message) {
    this.message = message;
    return this;
  }

  StageEdit voted(Vote vote) {
    votes.add(vote);
    return this;
  }

  StageEdit putting(Map<String, String> outputs) {
    this.outputs = outputs;
    return this;
  }

  StageEdit skipped(SkipCause cause) {
    skip = Optional.of(cause);
    return this;
  }

  StageEdit stopping(StopCause cause) {
    stop = Optional.of(cause);
    return this;
  }

  StageState done() {
    return new StageState(
        status, since, attempt, failures, beganAt, heldAt, message, outputs, votes, skip, stop,
        dueAt);
  }
}
