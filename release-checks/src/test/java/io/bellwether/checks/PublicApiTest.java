package io.bellwether.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.bellwether.checks.Published.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public API of every published module stands in {@code api/ARTIFACT.txt}, so that a change of
 * it is seen where it is reviewed. {@code -Dapi.write=true} writes the files anew.
 */
class PublicApiTest {
  private static final Path API = Published.folder().resolve("release-checks/api");

  static Collection<Module> modules() {
    return Published.modules().values();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void the_public_api_is_the_one_that_was_agreed(Module module) throws IOException {
    var face = face(module);
    var agreed = API.resolve(module.artifact() + ".txt");
    if (Boolean.getBoolean("api.write")) {
      Files.createDirectories(API);
      Files.writeString(agreed, face, UTF_8);
    }
    assertTrue(
        Files.exists(agreed),
        () -> module.artifact() + " has no " + agreed + ": write it with -Dapi.write=true");
    assertEquals(
        Published.read(agreed),
        face,
        () ->
            "the public API of "
                + module.artifact()
                + " has changed: if that is meant, write it anew with -Dapi.write=true and say in"
                + " CHANGELOG.md what hosts have to do");
  }

  @Test
  void no_file_is_left_of_a_module_that_is_gone() throws IOException {
    var known =
        Published.modules().keySet().stream().map(artifact -> artifact + ".txt").sorted().toList();
    try (var files = Files.list(API)) {
      assertEquals(known, files.map(file -> file.getFileName().toString()).sorted().toList());
    }
  }

  private static String face(Module module) {
    return String.join("\n", Signatures.of(module)) + "\n";
  }
}
