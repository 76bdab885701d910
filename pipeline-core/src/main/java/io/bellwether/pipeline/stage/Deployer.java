package io.bellwether.pipeline.stage;

import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import io.bellwether.release.Version;
import java.util.concurrent.CompletionStage;

/**
 * The port that brings a version to an environment, by whatever strategy. {@code StrategyDeployer}
 * of pipeline-strategies does it with a rollout runtime.
 *
 * <p>After a crash it is asked again for the same version, with {@link StageContext#resumed()}: it
 * goes on with the deployment under way, if there is one.
 */
@FunctionalInterface
public interface Deployer {
  /** Begins to deploy a version, or goes on. May block and may throw. */
  Deployment deploy(Version version, StageContext context);

  /** A deployment under way. */
  interface Deployment {
    /** Completes when it has ended: succeeded if the version serves now. */
    CompletionStage<StageResult> end();

    /** Takes it back; {@link #end()} completes once that is done. */
    void abort(String actor, String reason);
  }
}
