package io.bellwether.pipeline.protection;

import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import java.time.Instant;
import java.util.List;

/**
 * A stage that wants to work on a protected environment.
 *
 * @param run the run's id
 * @param stage the stage's name
 * @param environment the environment's name
 * @param trigger what the run is about
 * @param requestedAt when it first asked
 * @param votes what people have said about it so far
 */
public record ProtectionRequest(
    String run,
    String stage,
    String environment,
    Trigger trigger,
    Instant requestedAt,
    List<Vote> votes) {
  /** Copies the votes. */
  public ProtectionRequest {
    votes = List.copyOf(votes);
  }

  /** For example {@code v7 (main at 4f2a9c1, FEATURE) by dev to production}. */
  @Override
  public String toString() {
    return trigger + " to " + environment;
  }
}
