package io.bellwether.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What this build publishes: the modules the BOM names, where they are and what is in them. */
final class Published {
  private static final Path ROOT = root();
  private static final Pattern ARTIFACT = Pattern.compile("<artifactId>(pipeline-[a-z0-9-]+)<");
  private static final Pattern MODULE = Pattern.compile("<module.name>([a-z0-9.]+)<");

  /**
   * A published module.
   *
   * @param artifact its id
   * @param folder of its sources
   * @param moduleName as its jar's manifest states it
   */
  record Module(String artifact, Path folder, String moduleName) {
    /** Its classes, wherever this build keeps them. */
    Path classes() {
      return folder.resolve("target/classes");
    }

    /** The names of its top-level and nested classes. */
    List<String> classNames() {
      try (var files = Files.walk(classes())) {
        return files
            .filter(file -> file.toString().endsWith(".class"))
            .map(file -> classes().relativize(file).toString())
            .map(name -> name.substring(0, name.length() - 6).replace(File.separatorChar, '.'))
            .filter(name -> !name.endsWith("package-info") && !name.endsWith("module-info"))
            .sorted()
            .toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private Published() {}

  static Path folder() {
    return ROOT;
  }

  /** The modules the BOM names, by their artifact id. */
  static Map<String, Module> modules() {
    var modules = new TreeMap<String, Module>();
    var artifacts = ARTIFACT.matcher(read(ROOT.resolve("pipeline-bom/pom.xml")));
    while (artifacts.find()) {
      var artifact = artifacts.group(1);
      if (!artifact.equals("pipeline-bom")) {
        modules.put(artifact, module(artifact));
      }
    }
    return modules;
  }

  /** The jars and folders this test runs with. */
  static List<Path> classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .map(Path::of)
        .toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Module module(String artifact) {
    var folder =
        Stream.of(ROOT.resolve(artifact), ROOT.resolve("integrations").resolve(artifact))
            .filter(Files::isDirectory)
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("the BOM names " + artifact + ": no folder"));
    var name = MODULE.matcher(read(folder.resolve("pom.xml")));
    if (!name.find()) {
      throw new IllegalStateException(artifact + " states no module.name in its pom.xml");
    }
    return new Module(artifact, folder, name.group(1));
  }

  private static Path root() {
    var folder = Path.of("").toAbsolutePath();
    while (!Files.isDirectory(folder.resolve("pipeline-bom"))) {
      folder = folder.getParent();
    }
    return folder;
  }
}
