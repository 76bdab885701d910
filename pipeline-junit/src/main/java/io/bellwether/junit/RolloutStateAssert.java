package io.bellwether.junit;

import io.bellwether.rollout.RolloutState;
import java.util.List;

/** What can be said of where a rollout stands. */
public final class RolloutStateAssert
    extends AbstractStateAssert<RolloutStateAssert, RolloutState> {
  RolloutStateAssert(RolloutState actual) {
    super(actual, RolloutStateAssert.class);
  }

  @Override
  Story read(RolloutState actual) {
    return new Story(actual, List.of(), List.of());
  }
}
