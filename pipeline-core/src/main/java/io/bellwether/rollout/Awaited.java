package io.bellwether.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * The effect a rollout is waiting for, or will ask for again.
 *
 * @param key of the effect last asked for
 * @param since when it was asked for
 * @param failures how often in a row it has failed
 * @param retryAt when to ask again; empty while an answer is awaited
 */
public record Awaited(EffectKey key, Instant since, int failures, Optional<Instant> retryAt) {
  Awaited failedAt(Instant retryAt) {
    return new Awaited(key, since, failures + 1, Optional.of(retryAt));
  }
}
