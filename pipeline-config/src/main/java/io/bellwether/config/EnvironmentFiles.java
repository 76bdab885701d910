package io.bellwether.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files of a directory that make up its environments. */
record EnvironmentFiles(Path directory) {
  private static final List<String> ENDINGS = List.of(".yml", ".yaml");
  private static final Set<String> NO_ENVIRONMENT = Set.of("base", "local");

  /** A name that could leave the directory is no environment. */
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._-]{0,99}");

  ConfigLayer base() {
    return ConfigLayer.file(find("base").orElse(directory.resolve("base.yml")));
  }

  ConfigLayer local() {
    return ConfigLayer.optionalFile(find("local").orElse(directory.resolve("local.yml")));
  }

  Optional<ConfigLayer> of(String environment) {
    return NAME.matcher(environment).matches() && !NO_ENVIRONMENT.contains(environment)
        ? find(environment).map(ConfigLayer::file)
        : Optional.empty();
  }

  private Optional<Path> find(String name) {
    return ENDINGS.stream()
        .map(ending -> directory.resolve(name + ending))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /** The environments there are files for. */
  Set<String> known() {
    var names = new TreeSet<String>();
    try (var files = Files.newDirectoryStream(directory, "*.{yml,yaml}")) {
      for (var file : files) {
        if (Files.isRegularFile(file)) {
          names.add(String.valueOf(file.getFileName()).replaceFirst("\\.ya?ml$", ""));
        }
      }
    } catch (IOException e) {
      return Set.of(); // the base file then tells that the directory cannot be read
    }
    names.removeAll(NO_ENVIRONMENT);
    return names;
  }

  /** Where a Kubernetes mount points to at the moment; nothing for other directories. */
  String stamp() {
    try {
      return directory.resolve("..data").toRealPath().toString();
    } catch (IOException e) {
      return ""; // no such mount, or just between two
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}
