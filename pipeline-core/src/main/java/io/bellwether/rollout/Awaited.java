package io.bellwether.rollout;

import java.time.Instant;
import java.util.Optional;

/**
 * The effect a rollout is waiting for, or will ask for again.
 *
 * @param key of the effect last asked for
 * @param since when it was asked for; a compensation or a look at stable, when it was first asked
 *     for
 * @param failures how often in a row it has failed
 * @param trouble why it failed last; empty while it has not
 * @param retryAt when to ask again; empty while an answer is awaited
 */
public record Awaited(
    EffectKey key, Instant since, int failures, String trouble, Optional<Instant> retryAt) {
  static Awaited asked(Optional<Awaited> before, EffectKey key, Instant at) {
    var again = before.filter(last -> last.key().kind() == key.kind());
    return new Awaited(
        key,
        again.filter(last -> waitsOn(last, key)).map(Awaited::since).orElse(at),
        again.map(Awaited::failures).orElse(0),
        again.map(Awaited::trouble).orElse(""),
        Optional.empty());
  }

  /** What is not complete yet has been under way since it was first asked for. */
  private static boolean waitsOn(Awaited last, EffectKey key) {
    return key.kind() == EffectKey.Kind.CONFIRM
        || key.kind() == EffectKey.Kind.COMPENSATE && last.key().step() == key.step();
  }

  Awaited failed(String trouble, Instant retryAt) {
    return new Awaited(key, since, failures + 1, trouble, Optional.of(retryAt));
  }
}
