package io.bellwether.junit;

import io.bellwether.routing.Weight;

/**
 * What can be said of a rollout whose journal is known.
 *
 * @param <S> the assertion itself
 * @param <A> what is looked at
 */
public abstract class AbstractJourneyAssert<S extends AbstractJourneyAssert<S, A>, A>
    extends AbstractStateAssert<S, A> {
  AbstractJourneyAssert(A actual, Class<S> type) {
    super(actual, type);
  }

  /**
   * The candidate had this weight when the rollout turned back, or has it now.
   *
   * @param percent as the router last confirmed it
   */
  public S atStep(double percent) {
    var reached = story().reached();
    return expect(
        reached.equals(Weight.percent(percent)),
        "the rollout to have come to " + Weight.percent(percent),
        "it came to " + reached);
  }

  /**
   * The candidate's weight was never larger.
   *
   * @param percent as the router confirmed it
   */
  public S neverExceeded(double percent) {
    var largest = story().largest();
    return expect(
        largest.compareTo(Weight.percent(percent)) <= 0,
        "the candidate's weight never to exceed " + Weight.percent(percent),
        "it reached " + largest);
  }
}
