package io.bellwether.junit;

import java.util.List;

/**
 * What can be said of a rollout whose alerts are known.
 *
 * @param <S> the assertion itself
 * @param <A> what is looked at
 */
public abstract class AbstractToldAssert<S extends AbstractToldAssert<S, A>, A>
    extends AbstractJourneyAssert<S, A> {
  AbstractToldAssert(A actual, Class<S> type) {
    super(actual, type);
  }

  /** People were told this, by the alert's name, such as {@code rollout_rolled_back}. */
  public S told(String alert) {
    var told = story().told();
    return expect(
        told.contains(alert), "people to be told " + alert, "they were told " + list(told));
  }

  /** People were told this and nothing else, each once and in this order. */
  public S toldOnly(String... alerts) {
    var told = story().told();
    return expect(
        told.equals(List.of(alerts)),
        "people to be told only " + list(List.of(alerts)),
        "they were told " + list(told));
  }

  private static String list(List<String> alerts) {
    return alerts.isEmpty() ? "nothing" : String.join(", ", alerts);
  }
}
