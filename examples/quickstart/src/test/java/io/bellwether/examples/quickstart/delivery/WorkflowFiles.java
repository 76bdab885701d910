package io.bellwether.examples.quickstart.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The workflow files that ship with the examples. */
final class WorkflowFiles {
  static final Path FOLDER = Path.of("../workflows/.github/workflows");

  /** The five the examples ship. */
  static final List<String> NAMES =
      List.of(
          "deploy-production.yml",
          "deploy-staging.yml",
          "monitoring.yml",
          "test.yml",
          "validate.yml");

  private static final Pattern ARGS = Pattern.compile("-Dexec\\.args=\"([^\"]*)\"");

  private WorkflowFiles() {}

  static Map<String, JsonNode> all() throws IOException {
    var files = new TreeMap<String, JsonNode>();
    try (var found = Files.list(FOLDER)) {
      for (var file : found.toList()) {
        files.put(file.getFileName().toString(), new YAMLMapper().readTree(file.toFile()));
      }
    }
    return files;
  }

  static JsonNode named(String name) throws IOException {
    return all().get(name);
  }

  /** What a workflow has the program do, with its variables filled in. */
  static String[] command(String name, Map<String, String> variables) throws IOException {
    var jobs = named(name).get("jobs");
    for (var job : jobs) {
      for (var step : job.path("steps")) {
        var args = ARGS.matcher(step.path("run").asText());
        if (args.find()) {
          var line = args.group(1);
          for (var variable : variables.entrySet()) {
            line = line.replace("$" + variable.getKey(), variable.getValue());
          }
          return line.split(" ");
        }
      }
    }
    throw new AssertionError(name + " never calls the program");
  }
}
