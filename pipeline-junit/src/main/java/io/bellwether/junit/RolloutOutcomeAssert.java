package io.bellwether.junit;

/** What can be said of what came of a scenario. */
public final class RolloutOutcomeAssert
    extends AbstractToldAssert<RolloutOutcomeAssert, RolloutOutcome> {
  RolloutOutcomeAssert(RolloutOutcome actual) {
    super(actual, RolloutOutcomeAssert.class);
  }

  @Override
  Story read(RolloutOutcome actual) {
    return actual.story();
  }
}
