package io.bellwether.runtime;

import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.report.SpeedReport;
import io.bellwether.pipeline.stage.Deployer;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutState;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Deploys a version with a strategy, as a stage of a pipeline. Thread-safe.
 *
 * <p>Asked again for a version that is being rolled out, it goes on with that rollout; asked for
 * the version that is stable already, it is done. So a pipeline that is taken up after a crash,
 * beside a runtime that takes its rollouts up, deploys once.
 */
public final class StrategyDeployer implements Deployer {
  private final RolloutRuntime runtime;
  private final DeploymentStrategy strategy;

  private StrategyDeployer(RolloutRuntime runtime, DeploymentStrategy strategy) {
    this.runtime = runtime;
    this.strategy = strategy;
  }

  /** Deploys with this strategy on this runtime. */
  public static StrategyDeployer of(RolloutRuntime runtime, DeploymentStrategy strategy) {
    return new StrategyDeployer(runtime, strategy);
  }

  @Override
  public Deployment deploy(Version version, StageContext context) {
    var underWay =
        runtime.current(strategy.release()).filter(rollout -> rollout.candidate().equals(version));
    if (underWay.isPresent()) {
      return new Running(underWay.get(), plannedWait());
    }
    return runtime.stable(strategy.release()).equals(version)
        ? new Done(strategy.release() + ": " + version + " is the stable version already")
        : new Running(runtime.start(strategy, version), plannedWait());
  }

  /** What the steps' bakes take when nothing goes wrong. */
  private Duration plannedWait() {
    return strategy.plan().length();
  }

  /** A rollout under way. */
  private record Running(Rollout rollout, Duration plannedWait) implements Deployment {
    @Override
    public CompletionStage<StageResult> end() {
      return rollout.completion().thenApply(this::result);
    }

    @Override
    public void abort(String actor, String reason) {
      rollout.abort(actor, reason);
    }

    private StageResult result(RolloutState end) {
      return switch (end.phase()) {
        case PROMOTED, REVERTED ->
            StageResult.success(end.explain())
                .with("rollout", end.id())
                .with(SpeedReport.PLANNED_WAIT_MS, Long.toString(plannedWait.toMillis()));
        case ROLLED_BACK, ROLLBACK_FAILED, REFUSED, SUPERSEDED ->
            StageResult.failure(end.explain()).with("rollout", end.id());
        case PENDING,
            PREPARING,
            VERIFYING,
            SHIFTING,
            BAKING,
            AWAITING_APPROVAL,
            HELD,
            PROMOTING,
            WATCHING,
            ABORTING ->
            throw new IllegalStateException("a rollout completed without an end: " + end);
      };
    }
  }

  /** Nothing is to be done. */
  private record Done(String why) implements Deployment {
    @Override
    public CompletionStage<StageResult> end() {
      return CompletableFuture.completedFuture(StageResult.success(why));
    }

    @Override
    public void abort(String actor, String reason) {
      // It is where it should be, and whoever stops the stage does not ask for the version before.
    }
  }
}
