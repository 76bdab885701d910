package io.bellwether.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a gate remembers between checks: for each condition how long its breach has been seen to
 * last. Immutable; part of a rollout's state.
 *
 * <p>Only the time between two breached checks counts. A check without data in between neither
 * counts nor resets; a check that keeps the limit resets.
 *
 * <p>Errors of a source are counted apart from failures of the version.
 *
 * @param byCondition the breaches under way
 * @param errors how many checks in a row have ended in an error, where a gate tolerates some
 */
public record Breaches(Map<Condition, Breach> byCondition, Map<Condition, Integer> errors) {
  /** Nothing is breached. */
  public static final Breaches NONE = new Breaches(Map.of(), Map.of());

  /** Copies the maps. */
  public Breaches {
    byCondition = Map.copyOf(byCondition);
    errors = Map.copyOf(errors);
  }

  /**
   * A breach under way.
   *
   * @param since when it was first seen
   * @param lasted for how long it has been seen
   * @param lastSeen the last breached check, or empty if the check after it had no data
   */
  public record Breach(Instant since, Duration lasted, Optional<Instant> lastSeen) {
    Breach seenAgain(Instant now) {
      var more = lastSeen.map(last -> Duration.between(last, now)).orElse(Duration.ZERO);
      return new Breach(since, more.isNegative() ? lasted : lasted.plus(more), Optional.of(now));
    }

    Breach unseen() {
      return new Breach(since, lasted, Optional.empty());
    }
  }

  /** The breach of this condition, if one is under way. */
  public Optional<Breach> of(Condition condition) {
    return Optional.ofNullable(byCondition.get(condition));
  }

  /** How many checks of this condition in a row have ended in an error. */
  public int errorsInARow(Condition condition) {
    return errors.getOrDefault(condition, 0);
  }

  /** One more error. */
  Breaches failed(Condition condition) {
    var more = new HashMap<>(errors);
    more.merge(condition, 1, Integer::sum);
    return new Breaches(byCondition, more);
  }

  /** The source has answered again. */
  Breaches answered(Condition condition) {
    if (!errors.containsKey(condition)) {
      return this;
    }
    var rest = new HashMap<>(errors);
    rest.remove(condition);
    return new Breaches(byCondition, rest);
  }

  Breaches breached(Condition condition, Instant now) {
    var known = byCondition.get(condition);
    return with(
        condition,
        known != null ? known.seenAgain(now) : new Breach(now, Duration.ZERO, Optional.of(now)));
  }

  Breaches unseen(Condition condition) {
    var known = byCondition.get(condition);
    return known == null ? this : with(condition, known.unseen());
  }

  Breaches kept(Condition condition) {
    if (!byCondition.containsKey(condition)) {
      return this;
    }
    var rest = new HashMap<>(byCondition);
    rest.remove(condition);
    return rest.isEmpty() && errors.isEmpty() ? NONE : new Breaches(rest, errors);
  }

  private Breaches with(Condition condition, Breach breach) {
    var more = new HashMap<>(byCondition);
    more.put(condition, breach);
    return new Breaches(more, errors);
  }
}
