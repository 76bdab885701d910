package io.bellwether.alert;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What alert rules remember between checks: every rule that is pending or firing, for every
 * subject. Immutable.
 *
 * @param byRule where each stands that is not inactive; the key is made of rule and subject
 */
public record RuleStates(Map<String, RuleState> byRule) {
  /** Nothing is breached. */
  public static final RuleStates NONE = new RuleStates(Map.of());

  /** Copies the map. */
  public RuleStates {
    byRule = Map.copyOf(byRule);
  }

  /** Where a rule stands for a subject; empty for inactive. */
  public Optional<RuleState> of(AlertRule rule, AlertSubject subject) {
    return Optional.ofNullable(byRule.get(key(rule, subject)));
  }

  RuleStates with(AlertRule rule, AlertSubject subject, Optional<RuleState> state) {
    if (of(rule, subject).equals(state)) {
      return this;
    }
    var more = new HashMap<>(byRule);
    state.ifPresentOrElse(
        known -> more.put(key(rule, subject), known), () -> more.remove(key(rule, subject)));
    return new RuleStates(more);
  }

  /**
   * What is left of these after the process was away: with Prometheus' tolerance of an hour and its
   * grace of ten minutes, see {@link RuleState#restored}.
   *
   * @param rules the rules as they are now
   * @param downAt when the process was last seen
   * @param upAt when it is back
   */
  public RuleStates restored(AlertRules rules, Instant downAt, Instant upAt) {
    var left = new HashMap<String, RuleState>();
    for (var rule : rules.rules()) {
      byRule.forEach(
          (key, state) -> {
            if (key.startsWith(rule.name() + "{")) {
              state
                  .restored(rule.hold(), downAt, upAt, Duration.ofMinutes(10), Duration.ofHours(1))
                  .ifPresent(known -> left.put(key, known));
            }
          });
    }
    return new RuleStates(left);
  }

  private static String key(AlertRule rule, AlertSubject subject) {
    return rule.name() + subject.id();
  }
}
