package io.bellwether.checks;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bellwether.checks.Published.Module;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.plans.PlanFile;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What GraalVM's native image cannot see for itself stands in each jar's {@code
 * reachability-metadata.json}: records that configurations fill by reflection, and resources.
 */
class NativeImageTest {
  @Test
  void every_type_that_is_named_exists() throws IOException {
    for (var module : Published.modules().values()) {
      for (var type : types(module)) {
        assertDoesNotThrow(() -> Class.forName(type), module.artifact());
      }
    }
  }

  @Test
  void every_record_a_configuration_fills_is_named() throws IOException {
    assertNamed(
        "pipeline-config", DeliverySettings.class, Set.of(DeliverySettings.class.getName()));
    assertNamed("pipeline-plans", PlanFile.class, Set.of());
  }

  @Test
  void every_resource_is_named() throws IOException {
    for (var module : Published.modules().values()) {
      var globs = globs(module);
      for (var resource : resources(module)) {
        assertTrue(
            globs.stream()
                .anyMatch(
                    glob ->
                        FileSystems.getDefault()
                            .getPathMatcher("glob:" + glob)
                            .matches(Path.of(resource))),
            () -> module.artifact() + ": " + resource + " is in no glob of its metadata");
      }
    }
  }

  /** Those that are made in code are not named: what is filled are their parts. */
  private static void assertNamed(String artifact, Class<?> root, Set<String> madeInCode)
      throws IOException {
    var filled = new TreeSet<String>();
    collect(root, filled);
    filled.removeAll(madeInCode);
    assertEquals(filled, new TreeSet<>(types(Published.modules().get(artifact))));
  }

  private static void collect(Type type, Set<String> found) {
    if (type instanceof ParameterizedType generic) {
      Arrays.stream(generic.getActualTypeArguments()).forEach(part -> collect(part, found));
    } else if (type instanceof Class<?> record
        && record.isRecord()
        && record.getName().matches("io\\.bellwether\\.(config\\.settings|plans)\\..*")
        && found.add(record.getName())) {
      Arrays.stream(record.getRecordComponents())
          .forEach(component -> collect(component.getGenericType(), found));
    }
  }

  private static List<String> types(Module module) throws IOException {
    var types = new ArrayList<String>();
    metadata(module).path("reflection").forEach(entry -> types.add(entry.path("type").asText()));
    return types;
  }

  private static List<String> globs(Module module) throws IOException {
    var globs = new ArrayList<String>();
    metadata(module).path("resources").forEach(entry -> globs.add(entry.path("glob").asText()));
    return globs;
  }

  private static JsonNode metadata(Module module) throws IOException {
    var file =
        module
            .classes()
            .resolve("META-INF/native-image/io.bellwether")
            .resolve(module.artifact())
            .resolve("reachability-metadata.json");
    var mapper = new ObjectMapper();
    return Files.exists(file) ? mapper.readTree(file.toFile()) : mapper.createObjectNode();
  }

  /** Everything that is read at run time; what other tools read stands below META-INF. */
  private static List<String> resources(Module module) throws IOException {
    try (var files = Files.walk(module.classes())) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> module.classes().relativize(file).toString())
          .filter(name -> !name.endsWith(".class") && !name.startsWith("META-INF"))
          .sorted()
          .toList();
    }
  }
}
