package io.bellwether.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every jar a host may get with ours stands in {@code docs/dependencies.md}, with its licence. */
class DependenciesTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\| ([^|]+) \\|");
  private static final Pattern VERSION = Pattern.compile("-[0-9][^/]*\\.jar$");

  /** What only this test brings. */
  private static final Set<String> TESTS =
      Set.of(
          "junit-jupiter",
          "junit-jupiter-engine",
          "junit-jupiter-params",
          "junit-platform-engine",
          "slf4j-nop");

  private static final Set<String> FIT_FOR_APACHE =
      Set.of(
          "Apache-2.0",
          "MIT",
          "MIT-0",
          "BSD-2-Clause",
          "BSD-3-Clause",
          "EPL-2.0",
          "EPL-1.0 or LGPL-2.1",
          "MPL-2.0 or EPL-1.0");

  @Test
  void the_list_is_what_the_class_path_has() {
    var listed = new TreeSet<String>();
    var rows = ROW.matcher(list());
    while (rows.find()) {
      listed.add(rows.group(1));
    }
    assertEquals(onTheClassPath(), listed, "docs/dependencies.md lists each, with its licence");
  }

  @Test
  void every_licence_goes_with_ours() {
    var rows = ROW.matcher(list());
    while (rows.find()) {
      var licence = rows.group(2).strip();
      assertTrue(
          FIT_FOR_APACHE.contains(licence), rows.group(1) + " has the licence '" + licence + "'");
    }
  }

  @Test
  void the_readme_tells_of_every_module_once() {
    var readme = Published.read(Published.folder().resolve("README.md"));
    for (var module : Published.modules().values()) {
      var row = "| `" + Published.folder().relativize(module.folder()) + "` |";
      assertEquals(2, readme.split(Pattern.quote(row), -1).length, row);
      assertTrue(Files.exists(module.folder().resolve("README.md")), row + " has no page");
    }
  }

  private static String list() {
    return Published.read(Published.folder().resolve("docs/dependencies.md"));
  }

  private static Set<String> onTheClassPath() {
    return Published.classPath().stream()
        .map(Path::getFileName)
        .map(Path::toString)
        .filter(name -> VERSION.matcher(name).find())
        .map(name -> VERSION.matcher(name).replaceFirst(""))
        .filter(name -> !Published.modules().containsKey(name) && !TESTS.contains(name))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
