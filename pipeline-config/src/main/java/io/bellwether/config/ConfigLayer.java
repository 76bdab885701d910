package io.bellwether.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One layer of a configuration. Immutable and thread-safe; read anew on every load.
 *
 * <p>Values of maps and system properties are read as YAML reads them without quotes: {@code "5"}
 * from a system property is a number.
 */
public final class ConfigLayer {
  /** Reads a layer; null means there is none, which is told as a problem if it has to be. */
  @FunctionalInterface
  interface Reading {
    @Nullable MapNode read(Limits limits, ProblemList problems);
  }

  private final String name;
  private final Reading reading;

  private ConfigLayer(String name, Reading reading) {
    this.name = name;
    this.reading = reading;
  }

  /** A YAML file that has to be there. */
  public static ConfigLayer file(Path file) {
    return new ConfigLayer(name(file), new FileReading(name(file), file, true));
  }

  /** A YAML file that may be missing, such as a developer's own {@code local.yml}. */
  public static ConfigLayer optionalFile(Path file) {
    return new ConfigLayer(name(file), new FileReading(name(file), file, false));
  }

  /** YAML in memory. */
  public static ConfigLayer text(String name, String yaml) {
    return new ConfigLayer(
        name, (limits, problems) -> FileReading.parse(name, yaml, limits, problems));
  }

  /**
   * The system properties that start with this prefix, without it: {@code -Dapp.ai.model=x} is
   * {@code ai.model} for the prefix {@code app.}.
   *
   * @throws IllegalArgumentException if the prefix is blank: {@code user.home} is no setting
   */
  public static ConfigLayer systemProperties(String prefix) {
    if (prefix.isBlank()) {
      throw new IllegalArgumentException(
          "the prefix of system properties is blank: expected one such as \"app.\"");
    }
    return new ConfigLayer(
        "system properties", plain("system properties", () -> properties(prefix)));
  }

  /**
   * Values of the host: texts, numbers, flags, lists and maps of these; a key with dots is a path.
   */
  public static ConfigLayer values(String name, Map<String, ?> values) {
    var copy = new LinkedHashMap<String, Object>();
    values.forEach((key, value) -> copy.put(key, Objects.requireNonNull(value, key)));
    return new ConfigLayer(name, plain(name, () -> copy));
  }

  private static Reading plain(String name, Supplier<? extends Map<String, ?>> values) {
    return (limits, problems) -> new PlainValues(name, problems).read(values.get());
  }

  private static Map<String, String> properties(String prefix) {
    var found = new TreeMap<String, String>();
    var all = System.getProperties();
    for (var name : all.stringPropertyNames()) {
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        found.put(name.substring(prefix.length()), all.getProperty(name, ""));
      }
    }
    return found;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Nullable MapNode read(Limits limits, ProblemList problems) {
    return reading.read(limits, problems);
  }

  /** The layer's name, as it stands in front of line numbers. */
  @Override
  public String toString() {
    return name;
  }
}
