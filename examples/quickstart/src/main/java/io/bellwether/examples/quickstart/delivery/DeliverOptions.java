package io.bellwether.examples.quickstart.delivery;

import io.bellwether.examples.quickstart.UsageException;
import io.bellwether.release.Version;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a workflow asks for.
 *
 * @param command what to do
 * @param values the options given
 * @param environment the process' environment
 */
record DeliverOptions(String command, Map<String, String> values, Map<String, String> environment) {
  static final String HELP =
      """
      Delivers a prompt of the demonstration service.

      Commands
        validate            look through the prompt
        test                unit and integration tests, then the quality gate
        deploy-staging      blue-green, then smoke tests
        deploy-production   canary, then smoke tests and a look at the users; or back again
        monitoring          the health of production, as JSON

      Options
        --action A     deploy (default) or rollback, for deploy-production
        --version V    v1 to v4, or previous (default): v2 to deploy, the one before to roll back
        --slot S       auto (default), blue or green, for deploy-staging
        --store DIR    remember rollouts there, so that a later rollback knows the versions
        --coverage F   a coverage report; by default a sample of the demonstration
      """;

  private static final String PREVIOUS = "previous";
  private static final Set<String> COMMANDS =
      Set.of("validate", "test", "deploy-staging", "deploy-production", "monitoring", "help");
  private static final Map<String, Set<String>> ALLOWED =
      Map.of(
          "--action", Set.of("deploy", "rollback"),
          "--slot", Set.of("auto", "blue", "green"),
          "--version", Set.of(PREVIOUS, "v1", "v2", "v3", "v4"),
          "--store", Set.of(),
          "--coverage", Set.of());

  /**
   * Reads the command line.
   *
   * @throws UsageException with one line that says what is wrong and what is allowed
   */
  static DeliverOptions parse(Map<String, String> environment, String... args) {
    var left = new ArrayDeque<>(List.of(args));
    var command = left.isEmpty() || left.peek().equals("--help") ? "help" : left.pop();
    if (!COMMANDS.contains(command)) {
      throw new UsageException("unknown command '" + command + "'; --help lists them");
    }
    var values = new HashMap<String, String>();
    while (!command.equals("help") && !left.isEmpty()) {
      var option = left.pop();
      var allowed = ALLOWED.get(option);
      if (allowed == null || left.isEmpty()) {
        throw new UsageException("option '" + option + "' is unknown or lacks its value");
      }
      var value = left.pop();
      if (!allowed.isEmpty() && !allowed.contains(value)) {
        throw new UsageException(option + " '" + value + "': expected one of " + allowed);
      }
      values.put(option, value);
    }
    return new DeliverOptions(command, values, environment);
  }

  String action() {
    return values.getOrDefault("--action", "deploy");
  }

  String slot() {
    return values.getOrDefault("--slot", "auto");
  }

  boolean versionGiven() {
    return !values.getOrDefault("--version", PREVIOUS).equals(PREVIOUS);
  }

  Version version() {
    return versionGiven()
        ? Version.version(values.getOrDefault("--version", PREVIOUS))
        : Prompts.V2;
  }

  Optional<Path> store() {
    return Optional.ofNullable(values.get("--store")).map(Path::of);
  }

  String branch() {
    return environment.getOrDefault("GITHUB_REF_NAME", "local");
  }

  String commit() {
    return environment.getOrDefault("GITHUB_SHA", "local");
  }

  String actor() {
    return environment.getOrDefault("GITHUB_ACTOR", "somebody");
  }

  Optional<Path> summary() {
    return Optional.ofNullable(environment.get("GITHUB_STEP_SUMMARY")).map(Path::of);
  }

  Path coverage() throws IOException {
    var given = values.get("--coverage");
    return given == null ? sampleCoverage() : Path.of(given);
  }

  /** A report as a test tool writes it. */
  static Path sampleCoverage() throws IOException {
    var file = Files.createTempFile("coverage-summary", ".json");
    try (InputStream sample =
        DeliverOptions.class.getResourceAsStream("/delivery/coverage-summary.json")) {
      Files.write(file, Objects.requireNonNull(sample, "the sample is in the jar").readAllBytes());
    }
    return file;
  }
}
