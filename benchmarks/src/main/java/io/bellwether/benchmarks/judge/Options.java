package io.bellwether.benchmarks.judge;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the benchmark was asked for on its command line.
 *
 * @param benchmark what to run
 * @param json where the document goes; empty for nowhere
 */
public record Options(Benchmark benchmark, Optional<Path> json) {
  private static final Map<String, String> DEFAULTS = defaults();

  private static Map<String, String> defaults() {
    var defaults = new LinkedHashMap<String, String>();
    defaults.put("--rng", "7");
    defaults.put("--reps", "200");
    defaults.put("--rows", "all");
    defaults.put("--judges", "all");
    defaults.put("--alpha", "0.01");
    defaults.put("--json", "");
    return defaults;
  }

  /**
   * Reads pairs of an option and its value.
   *
   * @throws IllegalArgumentException with everything that is wrong, in one line
   */
  public static Options parse(String... args) {
    var problems = new ArrayList<String>();
    var given = pairs(problems, args);
    var rng = whole(problems, given, "--rng", Long.MIN_VALUE);
    var reps = whole(problems, given, "--reps", 1);
    var alpha = alpha(problems, given);
    check(problems, () -> Rows.named(value(given, "--rows")));
    check(problems, () -> new Rivals(alpha).named(value(given, "--judges")));
    var json = json(problems, given);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    return new Options(
        new Benchmark(rng, (int) reps, value(given, "--rows"), value(given, "--judges"), alpha),
        json);
  }

  private static Map<String, String> pairs(List<String> problems, String... args) {
    var given = new LinkedHashMap<>(DEFAULTS);
    for (var i = 0; i < args.length; i += 2) {
      if (!DEFAULTS.containsKey(args[i])) {
        problems.add("no option " + args[i] + "; there are " + DEFAULTS.keySet());
      } else if (i + 1 == args.length) {
        problems.add(args[i] + " has no value");
      } else {
        given.put(args[i], args[i + 1]);
      }
    }
    return given;
  }

  private static String value(Map<String, String> given, String option) {
    return given.getOrDefault(option, "");
  }

  private static long whole(
      List<String> problems, Map<String, String> given, String option, long least) {
    var text = value(given, option);
    try {
      var number = Long.parseLong(text);
      if (number >= least && (least == Long.MIN_VALUE || number <= Integer.MAX_VALUE)) {
        return number;
      }
    } catch (NumberFormatException notWhole) {
      // told below, like a number out of range
    }
    problems.add(
        option
            + " is '"
            + text
            + "', expected a whole number"
            + (least == Long.MIN_VALUE ? "" : " from " + least));
    return Math.max(1, least);
  }

  private static double alpha(List<String> problems, Map<String, String> given) {
    var text = value(given, "--alpha");
    try {
      var alpha = Double.parseDouble(text);
      if (alpha > 0 && alpha < 1) {
        return alpha;
      }
    } catch (NumberFormatException notANumber) {
      // told below, like a number out of range
    }
    problems.add("--alpha is '" + text + "', expected above 0 and below 1, such as 0.01");
    return 0.01;
  }

  private static Optional<Path> json(List<String> problems, Map<String, String> given) {
    var text = value(given, "--json");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    var path = Path.of(text).toAbsolutePath();
    var folder = path.getParent();
    if (Files.isDirectory(path) || folder == null || !Files.isDirectory(folder)) {
      problems.add("--json is '" + text + "', expected a file in a folder that exists");
    }
    return Optional.of(path);
  }

  private static void check(List<String> problems, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException wrong) {
      problems.add(String.valueOf(wrong.getMessage()));
    }
  }
}
