package io.bellwether.alert;

import io.bellwether.release.Version;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is being watched by alert rules: one version of one release in one environment.
 *
 * @param labels what every alert about it carries; {@code release}, {@code version} and {@code
 *     environment} among them
 */
public record AlertSubject(Map<String, String> labels) {
  /** The environment when nobody said which. */
  public static final String DEFAULT_ENVIRONMENT = "development";

  /** Copies the labels. */
  public AlertSubject {
    var copy = new TreeMap<>(labels);
    copy.putIfAbsent("environment", DEFAULT_ENVIRONMENT);
    labels = Map.copyOf(copy);
  }

  /** A version of a release in this environment. */
  public static AlertSubject of(String release, Version version, String environment) {
    return new AlertSubject(
        Map.of("release", release, "version", version.id(), "environment", environment));
  }

  /** The same subject with another label. */
  public AlertSubject with(String label, String value) {
    var more = new TreeMap<>(labels);
    more.put(label, value);
    return new AlertSubject(more);
  }

  /** Tells it from others, the same on every machine: the sorted labels. */
  String id() {
    return new TreeMap<>(labels).toString();
  }
}
