package io.bellwether.pipeline.stage;

import io.bellwether.pipeline.StageAction;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import java.util.concurrent.CompletionStage;

/**
 * Brings the run's version to an environment, and takes it back when the stage has to stop. Give
 * the stage enough time to stop: a rollback takes some minutes.
 *
 * @param deployer does it
 */
public record DeployStage(Deployer deployer) implements StageAction {
  @Override
  public CompletionStage<StageResult> begin(StageContext context) {
    var deployment = deployer.deploy(context.trigger().version(), context);
    context.onStop(() -> deployment.abort("pipeline", "run " + context.run() + " was stopped"));
    return deployment.end();
  }
}
