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
  static Awaited asked(Optional<Awaited> before, EffectKey key, Instant at) {
    var failures =
        before.filter(last -> last.key().kind() == key.kind()).map(Awaited::failures).orElse(0);
    return new Awaited(key, at, failures, Optional.empty());
  }

  Awaited failedAt(Instant retryAt) {
    return new Awaited(key, since, failures + 1, Optional.of(retryAt));
  }
}
