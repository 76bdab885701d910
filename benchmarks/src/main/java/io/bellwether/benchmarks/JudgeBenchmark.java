package io.bellwether.benchmarks;

import io.bellwether.benchmarks.judge.Options;
import java.io.IOException;
import java.nio.file.Files;

/**
 * Compares canary judges on simulated rollouts.
 *
 * <pre>{@code --rng 7 --reps 200 --rows all --judges all --alpha 0.01 --json FILE}</pre>
 *
 * <p>Prints a line per cell. What it was asked wrongly it says in one line, and ends with status 2.
 */
public final class JudgeBenchmark {
  private static final int MISUSED = 2;

  private JudgeBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @throws IOException if the JSON file cannot be written
   */
  public static void main(String... args) throws IOException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (IllegalArgumentException misuse) {
      System.err.println("JudgeBenchmark: " + misuse.getMessage());
      System.exit(MISUSED);
      return;
    }
    var report = options.benchmark().run();
    System.out.print(report.text());
    if (options.json().isPresent()) {
      Files.writeString(options.json().get(), report.json());
    }
  }
}
