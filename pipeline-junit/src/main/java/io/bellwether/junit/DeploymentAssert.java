package io.bellwether.junit;

/** What can be said of a world: of the rollout that was started last, and of what was told. */
public final class DeploymentAssert extends AbstractToldAssert<DeploymentAssert, Deployment> {
  DeploymentAssert(Deployment actual) {
    super(actual, DeploymentAssert.class);
  }

  @Override
  Story read(Deployment actual) {
    return actual.story();
  }
}
