package io.bellwether.examples.cli;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.config.Config;
import io.bellwether.config.ConfigException;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.ConfigProblem;
import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.Origin;
import io.bellwether.config.settings.AiSettings;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.config.settings.DeploymentSettings;
import io.bellwether.config.settings.MonitoringSettings;
import io.bellwether.config.settings.RateLimitSettings;
import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.source.SecretSources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is wrong with the settings of one environment.
 *
 * @param name of the environment; empty for the default one
 * @param problems everything that is wrong
 * @param warnings everything that only looks wrong
 */
record EnvironmentCheck(String name, List<ConfigProblem> problems, List<ConfigProblem> warnings) {
  private static final List<Map.Entry<String, Class<? extends Record>>> SECTIONS =
      List.of(
          Map.entry("ai", AiSettings.class),
          Map.entry("deployment", DeploymentSettings.class),
          Map.entry("monitoring", MonitoringSettings.class),
          Map.entry("rate_limits", RateLimitSettings.class));

  /** Long enough for a secret, and telling of nothing. */
  private static final Secret STAND_IN = Secret.of("a-value-that-this-build-does-not-know");

  EnvironmentCheck {
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
  }

  /**
   * Checks an environment, whose secrets are environment variables of its scope: whoever runs this
   * runs it for the environment.
   *
   * @param allowUnset whether variables may be missing
   */
  static EnvironmentCheck of(Path directory, String name, boolean allowUnset) {
    var loader = ConfigLoader.from(directory).environment(name);
    var scope = loader.environment();
    var variables = SecretSources.environmentVariables().scope(scope);
    var real = loader.secrets(variables);
    try {
      return checked(name, real.load(), List.of());
    } catch (ConfigException refused) {
      var unset =
          refused.problems().stream()
              .filter(problem -> problem.kind() == Kind.UNRESOLVED_VARIABLE)
              .toList();
      if (!allowUnset || unset.size() < refused.problems().size()) {
        return new EnvironmentCheck(name, refused.problems(), List.of());
      }
      return withStandIns(name, loader, scope, unset);
    }
  }

  private static EnvironmentCheck withStandIns(
      String name, ConfigLoader loader, String scope, List<ConfigProblem> unset) {
    var missing =
        unset.stream().flatMap(problem -> problem.names().stream()).collect(Collectors.toSet());
    var variables = SecretSources.environmentVariables().scope(scope);
    try {
      var config =
          loader
              .secrets(
                  asked -> missing.contains(asked) ? standIn(asked, scope) : variables.find(asked))
              .load();
      return checked(name, config, unset);
    } catch (ConfigException refused) {
      return new EnvironmentCheck(name, without(refused.problems(), unset), unset);
    }
  }

  private static Optional<FoundSecret> standIn(String name, String scope) {
    return Optional.of(FoundSecret.of(name, STAND_IN, SecretScope.environment(scope), "nowhere"));
  }

  private static EnvironmentCheck checked(String name, Config config, List<ConfigProblem> unset) {
    var problems = new LinkedHashSet<ConfigProblem>();
    SECTIONS.forEach(section -> bind(config, section.getKey(), section.getValue(), problems));
    var warnings = new ArrayList<>(unset);
    warnings.addAll(config.warnings());
    if (problems.isEmpty()) {
      together(config, problems);
    }
    return new EnvironmentCheck(name, without(problems, unset), warnings);
  }

  private static void bind(
      Config config, String section, Class<?> type, Set<ConfigProblem> problems) {
    try {
      config.bind(section, type);
    } catch (ConfigException refused) {
      problems.addAll(refused.problems());
    }
  }

  private static void together(Config config, Set<ConfigProblem> problems) {
    try {
      DeliverySettings.from(config).thresholds();
    } catch (InvalidConfigurationException refused) {
      var layers = new Origin(String.join(", ", config.layers()), 0, 0);
      for (var problem : refused.problems()) {
        problems.add(new ConfigProblem(Kind.INVALID_VALUE, "", layers, problem, List.of()));
      }
    }
  }

  /** What a stand-in is to blame for is no problem of the file. */
  private static List<ConfigProblem> without(
      Iterable<ConfigProblem> problems, List<ConfigProblem> unset) {
    var blamed = unset.stream().map(ConfigProblem::path).collect(Collectors.toSet());
    var left = new ArrayList<ConfigProblem>();
    problems.forEach(
        problem -> {
          if (!blamed.contains(problem.path())) {
            left.add(problem);
          }
        });
    return left;
  }

  boolean passed() {
    return problems.isEmpty();
  }

  /** For example {@code production: 2 problems, 1 warning}. */
  @Override
  public String toString() {
    return (name.isEmpty() ? ConfigLoader.DEFAULT_ENVIRONMENT : name)
        + ": "
        + counted(problems.size(), "problem")
        + ", "
        + counted(warnings.size(), "warning");
  }

  private static String counted(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
