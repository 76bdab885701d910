package io.bellwether.junit;

import io.bellwether.runtime.Rollout;
import java.util.List;

/** What can be said of a rollout in a runtime. */
public final class RolloutAssert extends AbstractJourneyAssert<RolloutAssert, Rollout> {
  RolloutAssert(Rollout actual) {
    super(actual, RolloutAssert.class);
  }

  @Override
  Story read(Rollout actual) {
    return new Story(actual.state(), actual.journal(), List.of());
  }
}
