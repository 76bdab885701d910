package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.testing.RecordingRouter;
import java.util.List;
import java.util.function.Consumer;

/** What came of a scenario. Immutable and thread-safe; prints as the timeline and the end. */
public final class RolloutOutcome {
  private final Story story;
  private final List<RecordingRouter.Attempt> router;

  RolloutOutcome(Story story, List<RecordingRouter.Attempt> router) {
    this.story = story;
    this.router = router;
  }

  Story story() {
    return story;
  }

  /** Says what is expected, and hands the outcome on. */
  public RolloutOutcome then(Consumer<RolloutOutcome> expectations) {
    expectations.accept(this);
    return this;
  }

  /** Where the rollout stands. */
  public RolloutState state() {
    return story.state();
  }

  /** Everything that happened. */
  public List<RolloutEvent> journal() {
    return story.journal();
  }

  /** What people were told, in order. */
  public List<Alert> alerts() {
    return story.alerts();
  }

  /** What the router was asked for, and what it did; first, to send everybody to stable. */
  public List<RecordingRouter.Attempt> router() {
    return router;
  }

  /** One explained line per change, with the time since the rollout began. */
  public List<String> timeline() {
    return Timeline.of(story.journal());
  }

  /** The timeline, and the end. */
  @Override
  public String toString() {
    return String.join("\n", timeline()) + "\n=> " + state().explain();
  }
}
