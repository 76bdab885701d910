package io.bellwether.benchmarks;

import io.bellwether.benchmarks.judge.Benchmark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Compares canary judges on simulated rollouts.
 *
 * <pre>{@code --rng 7 --reps 200 --rows all --judges all --alpha 0.01 --json FILE}</pre>
 */
public final class JudgeBenchmark {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "--rng", "7",
          "--reps", "200",
          "--rows", "all",
          "--judges", "all",
          "--alpha", "0.01",
          "--json", "");

  private JudgeBenchmark() {}

  /**
   * Runs the benchmark and prints a line per cell.
   *
   * @throws IOException if the JSON file cannot be written
   */
  public static void main(String... args) throws IOException {
    var options = options(args);
    var benchmark =
        new Benchmark(
            Long.parseLong(options.getOrDefault("--rng", "")),
            Integer.parseInt(options.getOrDefault("--reps", "")),
            options.getOrDefault("--rows", ""),
            options.getOrDefault("--judges", ""),
            Double.parseDouble(options.getOrDefault("--alpha", "")));
    var report = benchmark.run();
    System.out.print(report.text());
    var json = options.getOrDefault("--json", "");
    if (!json.isEmpty()) {
      Files.writeString(Path.of(json), report.json());
    }
  }

  private static Map<String, String> options(String... args) {
    var options = new HashMap<>(DEFAULTS);
    for (var i = 0; i < args.length; i += 2) {
      if (!DEFAULTS.containsKey(args[i]) || i + 1 == args.length) {
        throw new IllegalArgumentException(
            args[i] + ": expected pairs of " + DEFAULTS.keySet() + " and a value");
      }
      options.put(args[i], args[i + 1]);
    }
    return options;
  }
}
