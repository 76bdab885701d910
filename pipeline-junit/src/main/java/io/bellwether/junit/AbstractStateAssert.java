package io.bellwether.junit;

import io.bellwether.rollout.HoldReason;
import io.bellwether.rollout.Phase;
import org.assertj.core.api.AbstractAssert;

/**
 * What can be said of every rollout. Failures show what was expected, what is, and the timeline.
 *
 * @param <S> the assertion itself
 * @param <A> what is looked at
 */
public abstract class AbstractStateAssert<S extends AbstractStateAssert<S, A>, A>
    extends AbstractAssert<S, A> {
  AbstractStateAssert(A actual, Class<S> type) {
    super(actual, type);
  }

  abstract Story read(A actual);

  Story story() {
    isNotNull();
    return read(actual);
  }

  /** The candidate is the stable version now. */
  public S promoted() {
    return hasPhase(Phase.PROMOTED);
  }

  /** All traffic is back on stable. */
  public S rolledBack() {
    return hasPhase(Phase.ROLLED_BACK);
  }

  /** It stands in this phase. */
  public S hasPhase(Phase phase) {
    var state = story().state();
    return expect(state.phase() == phase, "the rollout to be " + phase, "it is " + state.explain());
  }

  /** It went back, and the reason has this text in it: a metric, a gate, a person's words. */
  public S because(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("because(\"" + text + "\"): every reason has that in it");
    }
    var cause = story().state().cause().map(Object::toString);
    return expect(
        cause.filter(reason -> reason.contains(text)).isPresent(),
        "a reason with \"" + text + "\" in it",
        cause.map(reason -> "it went back because " + reason).orElse("it did not go back"));
  }

  /** It waits for this reason, or did at some time if its journal is known. */
  public S held(HoldReason reason) {
    return expect(
        story().held(reason), "a hold because of: " + reason, "it was not held for that reason");
  }

  S expect(boolean holds, String expected, String actual) {
    if (!holds) {
      throw failure(
          "%s",
          "\nExpected " + expected + "\nbut " + actual + "\n\nTimeline:\n  " + story().timeline());
    }
    return myself;
  }
}
