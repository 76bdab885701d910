package io.bellwether.junit;

import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.VirtualTime;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Makes a world before each test and ends it afterwards. Keeps nothing itself, so that tests may
 * run in parallel.
 */
final class DeploymentTestExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {
  private static final Namespace HERE = Namespace.create(DeploymentTestExtension.class);
  private static final String WORLD = "world";

  private static final Map<Class<?>, Function<Deployment, Object>> PARAMETERS =
      Map.of(
          Deployment.class, world -> world,
          VirtualTime.class, Deployment::time,
          ScenarioMetrics.class, Deployment::metrics,
          RecordingRouter.class, Deployment::router);

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(HERE).put(WORLD, TestSettings.of(context).open());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    var world = context.getStore(HERE).remove(WORLD, Deployment.class);
    if (world == null) {
      return; // its trace could not be read
    }
    try (world) {
      if (context.getExecutionException().isEmpty()) {
        world.refuseUnfinished();
      }
      world.refuseStrangers(); // a failed test may well have failed by that
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return PARAMETERS.containsKey(parameter.getParameter().getType());
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    var type = parameter.getParameter().getType();
    var world = context.getStore(HERE).get(WORLD, Deployment.class);
    if (world == null) {
      throw new ParameterResolutionException(
          type.getSimpleName()
              + " of "
              + parameter.getDeclaringExecutable()
              + ": every test has a deployment of its own, so there is none before or after all of"
              + " them; take it as a parameter of the test, of @BeforeEach or of @AfterEach");
    }
    try {
      return PARAMETERS.getOrDefault(type, same -> same).apply(world);
    } catch (IllegalStateException replayed) {
      throw new ParameterResolutionException(
          type.getSimpleName()
              + " of "
              + parameter.getDeclaringExecutable()
              + ": "
              + replayed.getMessage(),
          replayed);
    }
  }
}
