package io.bellwether.junit;

import static java.util.Objects.requireNonNull;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.health.VersionHealth;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.MetricTrace;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A world to try deployments in: the real runtime on virtual time, between scripted or replayed
 * metrics, a router that moves nobody, and alerts that reach inboxes.
 *
 * <p>{@link DeploymentTest} hands one to each test; without JUnit, {@link #of} makes one and {@link
 * #close} ends it. Nothing happens but in the thread that starts rollouts and advances the time.
 * Not thread-safe; different ones know nothing of each other.
 *
 * <pre>{@code
 * deployment.metrics().after(ofMinutes(12), later -> later.errors("v2", percent(9)));
 * deployment.start(canary);
 * deployment.advanceToEnd();
 * assertThat(deployment).rolledBack().atStep(25).because("error_rate").told("rollout_rolled_back");
 * }</pre>
 */
public final class Deployment implements AutoCloseable {
  private final DeploymentParts parts;
  private final StartedRollouts started;
  private boolean mayStayOpen;

  private Deployment(DeploymentParts parts) {
    this.parts = parts;
    started = new StartedRollouts(parts);
  }

  /**
   * A new world.
   *
   * @param stable the version every release has before, unless said otherwise
   * @param candidate the version to roll out, unless said otherwise
   */
  public static Deployment of(String stable, String candidate) {
    return new Deployment(
        new DeploymentParts(
            new Version(requireNonNull(stable, "stable: say the version before")),
            new Version(requireNonNull(candidate, "candidate: say the version to roll out"))));
  }

  /** The clock, the ticker and the timers; moved by the test alone. */
  public VirtualTime time() {
    return parts.time();
  }

  /**
   * Writes what users experience; both versions do well unless said otherwise.
   *
   * @throws IllegalStateException if metrics are replayed
   */
  public ScenarioMetrics metrics() {
    return parts.scripted();
  }

  /**
   * Lets the metrics be what they were once, from now on. Rows of the stable version are those of
   * this world's, rows of the candidate likewise.
   *
   * @throws IllegalStateException after the first rollout was started
   */
  public Deployment replay(MetricTrace trace) {
    parts.replay(trace);
    return this;
  }

  /**
   * What the router was asked for; and a way to let it go wrong. The first thing it is asked for,
   * at the first start, is to send everybody to stable: a fault from before hits that.
   */
  public RecordingRouter router() {
    return parts.recording();
  }

  /**
   * Moves traffic with the host's own router instead of the recording one.
   *
   * @throws IllegalStateException after the first rollout was started
   */
  public Deployment router(TrafficRouter own) {
    parts.router(own);
    return this;
  }

  /**
   * States a release that will be rolled out, with this world's stable version. {@link #start} does
   * so too; it takes this for a second release, or before {@link #runtime}.
   *
   * @throws IllegalStateException after the first rollout was started
   */
  public Deployment release(String name) {
    parts.release(name);
    return this;
  }

  /**
   * Adds somebody to ask before every step, such as a {@code BudgetGate}.
   *
   * @throws IllegalStateException after the first rollout was started
   */
  public Deployment guard(RolloutGuard guard) {
    parts.guard(guard);
    return this;
  }

  /**
   * Whether a version is well; assumed unless said otherwise.
   *
   * @throws IllegalStateException after the first rollout was started
   */
  public Deployment health(VersionHealth health) {
    parts.health(health);
    return this;
  }

  /**
   * Takes alerts through the host's routes, on virtual time. Give the routes {@linkplain #inbox
   * inboxes}: a receiver that calls somebody calls them here as well.
   *
   * @return the router, also to be asked where an alert would go
   * @throws io.bellwether.InvalidConfigurationException with every problem of the routes at once
   * @throws IllegalStateException after the first rollout was started
   */
  public AlertRouter alertsTo(UnaryOperator<AlertRouterBuilder> routes) {
    return parts.alertsTo(routes);
  }

  /** A receiver that keeps what it is told; the same one for the same name. */
  public AlertInbox inbox(String name) {
    return parts.inbox(name, started::timeline);
  }

  /** What the rollouts had to tell, in order, whoever was told. */
  public List<Alert> alerts() {
    return parts.alerts();
  }

  /**
   * The runtime, for the host's own code to start rollouts with.
   *
   * @throws IllegalStateException if no release is stated
   */
  public RolloutRuntime runtime() {
    return parts.runtime();
  }

  /** Starts rolling out this world's candidate. */
  public Rollout start(DeploymentStrategy strategy) {
    return start(strategy, parts.candidate().id());
  }

  /**
   * Starts rolling out a version.
   *
   * @throws IllegalStateException if the strategy has a judge, and metrics are replayed
   */
  public Rollout start(DeploymentStrategy strategy, String version) {
    return started.start(
        requireNonNull(strategy, "strategy: say how to roll out"),
        new Version(requireNonNull(version, "version: say what to roll out")));
  }

  /** Lets time pass. */
  public Deployment advance(Duration duration) {
    started.look();
    parts.time().advance(requireNonNull(duration, "duration: say how long"));
    return this;
  }

  /**
   * Lets time pass until every rollout has ended.
   *
   * @throws AssertionError if none was started; with the timeline, if one has not four days after
   *     its plan's length: it waits for somebody who does not come
   */
  public Deployment advanceToEnd() {
    started.refuseNone();
    runOut();
    started.refuseUnfinished(
        "the rollout to end",
        "Somebody has to act, such as rollout.resume(..), approve(..) or abort(..); to look at it"
            + " as it stands, advance(..) by a duration.");
    return this;
  }

  /** Lets time pass until every rollout has ended, or waits for somebody who never comes. */
  void runOut() {
    started.runOut();
  }

  /** The test is over before its rollout is, and that is meant. */
  public Deployment leaveUnfinished() {
    mayStayOpen = true;
    return this;
  }

  void refuseUnfinished() {
    if (!mayStayOpen) {
      started.refuseUnfinished(
          "the rollout to end before its test does",
          "Let it end with deployment.advanceToEnd(), or say deployment.leaveUnfinished() if what"
              + " happens on the way is what the test is about.");
    }
  }

  /** Refuses metrics of versions that take no part. */
  void refuseStrangers() {
    started.refuseStrangers();
  }

  /** What happened so far, line by line. */
  public List<String> timeline() {
    return started.timeline();
  }

  Story story() {
    return started.story(parts.alerts());
  }

  /** Ends the world; nothing in it goes on. */
  @Override
  public void close() {
    parts.close();
  }

  /** The timeline. */
  @Override
  public String toString() {
    var lines = timeline();
    return lines.isEmpty() ? "no rollout was started yet" : String.join("\n", lines);
  }
}
