package io.bellwether.junit;

import io.bellwether.BellwetherException;
import io.bellwether.strategy.MetricTrace;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * What the annotations of a test say.
 *
 * @param stable the version before
 * @param candidate the version to roll out
 * @param trace what is replayed
 */
record TestSettings(String stable, String candidate, Optional<MetricTrace> trace) {
  static TestSettings of(ExtensionContext context) {
    var type = context.getRequiredTestClass();
    var versions = nearest(type, DeploymentTest.class);
    var replay =
        AnnotationSupport.findAnnotation(context.getTestMethod(), Replay.class)
            .or(() -> nearest(type, Replay.class));
    return new TestSettings(
        versions.map(DeploymentTest::stable).orElse("stable"),
        versions.map(DeploymentTest::candidate).orElse("candidate"),
        replay.map(said -> read(said.value(), type)));
  }

  Deployment open() {
    var world = Deployment.of(stable, candidate);
    trace.ifPresent(world::replay);
    return world;
  }

  /** Of the class, or of the one it is nested in. */
  private static <A extends Annotation> Optional<A> nearest(Class<?> type, Class<A> annotation) {
    var found = AnnotationSupport.findAnnotation(type, annotation);
    return found.isPresent() || type.getEnclosingClass() == null
        ? found
        : nearest(type.getEnclosingClass(), annotation);
  }

  private static MetricTrace read(String name, Class<?> type) {
    if (name.isBlank()) {
      throw new BellwetherException(
          "@Replay(\"" + name + "\"): name a file on the class path, such as traces/tuesday.csv");
    }
    var resource = type.getResource("/" + name);
    if (resource == null) {
      throw new BellwetherException(
          "@Replay(\""
              + name
              + "\"): no such file on the class path; it belongs into src/test/resources");
    }
    if (!resource.getProtocol().equals("file")) {
      throw new BellwetherException(
          "@Replay(\""
              + name
              + "\"): it stands inside an archive; copy it to a file and say"
              + " deployment.replay(MetricTrace.read(file))");
    }
    try {
      return MetricTrace.read(Path.of(new URI(resource.toString())));
    } catch (URISyntaxException e) {
      throw new BellwetherException("@Replay(\"" + name + "\"): " + e.getMessage(), e);
    }
  }
}
