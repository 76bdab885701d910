package io.bellwether.junit;

import io.bellwether.runtime.Rollout;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.testing.RecordingRouter;
import java.time.Duration;
import java.util.function.Consumer;

/** What happens to a rollout in a scenario, in order. Not thread-safe. */
public final class ScenarioSteps {
  private final Deployment world;
  private final Rollout rollout;

  ScenarioSteps(Deployment world, DeploymentStrategy strategy) {
    this.world = world;
    rollout = world.start(strategy);
  }

  /** Lets time pass. */
  public ScenarioSteps advance(Duration duration) {
    world.time().advance(duration);
    return this;
  }

  /** Lets time pass until the rollout has ended, or waits for somebody who never comes. */
  public ScenarioSteps advanceToEnd() {
    world.runOut();
    return this;
  }

  /** Goes back to stable. */
  public ScenarioSteps abort(String actor, String reason) {
    rollout.abort(actor, reason);
    return this;
  }

  /** Waits where it is. */
  public ScenarioSteps pause(String actor, String reason) {
    rollout.pause(actor, reason);
    return this;
  }

  /** Goes on after a pause. */
  public ScenarioSteps resume(String actor) {
    rollout.resume(actor);
    return this;
  }

  /** Does not wait for the rest of the step. */
  public ScenarioSteps skipStep(String actor, String reason) {
    rollout.skipStep(actor, reason);
    return this;
  }

  /** Goes to the last step at once. */
  public ScenarioSteps promoteNow(String actor, String reason) {
    rollout.promoteNow(actor, reason);
    return this;
  }

  /** Agrees to go on. */
  public ScenarioSteps approve(String actor, String reason) {
    rollout.approve(actor, reason);
    return this;
  }

  /** Does not agree to go on. */
  public ScenarioSteps reject(String actor, String reason) {
    rollout.reject(actor, reason);
    return this;
  }

  /** Writes what users experience from now on. */
  public ScenarioSteps metrics(Consumer<ScenarioMetrics> script) {
    script.accept(world.metrics());
    return this;
  }

  /** Lets the router go wrong from now on. */
  public ScenarioSteps router(Consumer<RecordingRouter> faults) {
    faults.accept(world.router());
    return this;
  }

  /** Looks at the rollout between two steps, for example with an assertion. */
  public ScenarioSteps check(Consumer<Rollout> look) {
    look.accept(rollout);
    return this;
  }

  RolloutOutcome outcome() {
    var story = new Story(rollout.state(), rollout.journal(), world.alerts());
    return new RolloutOutcome(story, world.router().attempts());
  }
}
