package io.bellwether.config;

import io.bellwether.secret.SecretMasker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A loaded configuration. Immutable and thread-safe; shows no secret in any of its texts.
 *
 * <p>Bind once and keep the record: reading a record's component is all a setting costs then.
 */
public final class Config {
  private final String environment;
  private final List<String> layers;
  private final MapNode root;
  private final SecretRules rules;
  private final List<ConfigProblem> warnings;
  private final @Nullable SecretMasker masker;

  Config(
      String environment,
      List<String> layers,
      MapNode root,
      SecretRules rules,
      List<ConfigProblem> warnings,
      @Nullable SecretMasker masker) {
    this.environment = environment;
    this.layers = layers;
    this.root = root;
    this.rules = rules;
    this.warnings = warnings;
    this.masker = masker;
  }

  /** The environment it was loaded for. */
  public String environment() {
    return environment;
  }

  /** The layers it is made of, the lowest first. */
  public List<String> layers() {
    return layers;
  }

  /** What looks wrong without being refused, such as a value that may be a secret. */
  public List<ConfigProblem> warnings() {
    return warnings;
  }

  /**
   * The whole configuration as a record.
   *
   * @throws ConfigException with every problem at once
   */
  public <T> T bind(Class<T> type) {
    return bind("", type);
  }

  /**
   * What is at this path, as a record, a list, a set, a map or a single value. Where there is
   * nothing, a record of defaults and an empty list, set or map; a single value is a problem then.
   *
   * <p>A key is a component's name, or that name with underscores or hyphens ({@code max_tokens}
   * for {@code maxTokens}). A key without a component is a problem. See {@link Default} for
   * components that may be missing.
   *
   * @throws ConfigException with every problem at once; it never shows a value that may be a secret
   * @throws IllegalArgumentException if that is no path, or nothing can be bound to that type
   */
  public <T> T bind(String path, Class<T> type) {
    var problems = new ProblemList();
    var binder = new Binder(rules, problems, KeyPath.of(KeyPath.parse(path)));
    var bound = binder.bind(find(path), type);
    if (masker != null) {
      masker.addAll(binder.secrets()); // also those whose keys do not say so
    }
    problems.throwIfAny("configuration for '" + environment + "'");
    return bound;
  }

  /** Whether there is anything, null too, at this path. */
  public boolean has(String path) {
    return find(path) != null;
  }

  /**
   * Where the value at this path comes from.
   *
   * @throws ConfigException if there is no such path, with the nearest that is
   */
  public Explanation explain(String path) {
    return Explanation.of(this, path);
  }

  /** All of it as YAML that can be read again, with {@code "***"} in place of what is hidden. */
  public String toYaml() {
    return new Printer(true).yaml(root);
  }

  /** All of it as JSON, with {@code "***"} in place of what is hidden. */
  public String toJson() {
    return new Printer(true).json(root);
  }

  /** All of it, secrets too: for tests of this package. */
  String clearJson() {
    return new Printer(false).json(root);
  }

  MapNode root() {
    return root;
  }

  @Nullable Node find(String path) {
    Node node = root;
    for (var step : KeyPath.parse(path)) {
      node = child(node, step);
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  private static @Nullable Node child(Node node, Object step) {
    if (step instanceof Integer index) {
      return node instanceof ListNode list && index < list.items().size()
          ? list.items().get(index)
          : null;
    }
    return node instanceof MapNode map ? map.find(step.toString()) : null;
  }

  /** For example {@code configuration for 'production' from base.yml, production.yml}. */
  @Override
  public String toString() {
    return "configuration for '" + environment + "' from " + String.join(", ", layers);
  }
}
