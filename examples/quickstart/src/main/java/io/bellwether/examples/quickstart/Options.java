package io.bellwether.examples.quickstart;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the user asked for on the command line.
 *
 * @param scenarios which to run, side by side; not empty
 * @param trace the request trace to follow; a generated one where empty
 * @param requests how many requests each scenario gets during its planned time
 * @param speed how many times faster than life everything runs
 * @param rng the seed of everything that is drawn at random
 * @param out the directory of the report
 * @param help whether only the help is wanted
 */
record Options(
    List<Scenario> scenarios,
    Optional<Path> trace,
    int requests,
    double speed,
    long rng,
    Path out,
    boolean help) {

  static final String OUT_PROPERTY = "quickstart.out";

  static final String HELP =
      """
      A small AI service on real sockets rolls out version 2 of its prompt, five times over:
      a good one, three bad ones, and one during an outage of the AI provider.

      Options
        --scenario NAME   all (default), or one of: outage, good, errors, slow, empty
        --trace FILE      follow this request trace (CSV TIMESTAMP,ContextTokens,GeneratedTokens);
                          by default one of 10,000 requests is generated; its rhythm and token
                          counts are kept, how dense its requests come is said by --requests
        --requests N      how many of the trace's requests, over and over if need be, each scenario
                          gets during its planned 8m 30s (default 6000, at least 4000: the gates
                          ask for 100 in 3 minutes at 10%)
        --speed X         how many times faster than life it runs, from 1 to 100 (default 20); a
                          busy machine may need less
        --rng N           seed of everything drawn at random (default 1)
        --out DIR         where report.json, for programs, and report.html, to look at, go
                          (default examples/quickstart/target/demo)
        -h, --help        this text

      Exit codes
        0  every scenario ended as stated    1  one did not    2  started wrongly, nothing was run

      Examples
        mvn -q -ntp -pl examples/quickstart -am compile exec:java
        mvn -q -ntp -pl examples/quickstart -am compile exec:java -Dexec.args="--scenario slow"
        mvn -q -ntp -pl examples/quickstart -am compile exec:java \\
            -Dexec.args="--scenario outage --speed 10 --trace trace.csv"
      """;

  /**
   * Reads the command line.
   *
   * @throws UsageException with one line that says what is wrong and what is allowed
   */
  static Options parse(String... args) {
    var parser = new Parser();
    var left = new ArrayDeque<>(List.of(args));
    while (!left.isEmpty()) {
      parser.next(left);
    }
    return parser.options();
  }

  private static final class Parser {
    private static final Pattern WHOLE = Pattern.compile("[0-9]+");
    private static final Pattern DECIMAL = Pattern.compile("[0-9]+(\\.[0-9]+)?");

    private List<Scenario> scenarios = Scenario.ALL;
    private Optional<Path> trace = Optional.empty();
    private int requests = 6000;
    private double speed = 20;
    private long rng = 1;
    private Path out = Path.of(System.getProperty(OUT_PROPERTY, "examples/quickstart/target/demo"));
    private boolean help;
    private final Set<String> seen = new HashSet<>();

    void next(Deque<String> left) {
      var option = left.pop();
      var equals = option.indexOf('=');
      if (option.startsWith("--") && equals > 0) {
        left.push(option.substring(equals + 1));
        option = option.substring(0, equals);
      }
      if (!seen.add(option)) {
        throw new UsageException(option + " is given twice; say it once");
      }
      switch (option) {
        case "--scenario" -> scenarios = scenarios(value(option, left));
        case "--trace" -> trace = Optional.of(path(option, value(option, left)));
        case "--requests" -> requests = (int) whole(option, value(option, left), 4_000, 200_000);
        case "--speed" -> speed = number(option, value(option, left), 1, 100);
        case "--rng" -> rng = whole(option, value(option, left), 0, Long.MAX_VALUE);
        case "--out" -> out = path(option, value(option, left));
        case "--help", "-h" -> help = true;
        default -> throw new UsageException("unknown option '" + option + "'; --help lists them");
      }
    }

    Options options() {
      return new Options(scenarios, trace, requests, speed, rng, out, help);
    }

    private static String value(String option, Deque<String> left) {
      if (left.isEmpty() || left.peek().isBlank()) {
        throw new UsageException(option + " needs a value; --help shows examples");
      }
      return left.pop();
    }

    private static List<Scenario> scenarios(String name) {
      if (name.equals("all")) {
        return Scenario.ALL;
      }
      return Scenario.ALL.stream()
          .filter(scenario -> scenario.name().equals(name))
          .findFirst()
          .map(List::of)
          .orElseThrow(
              () ->
                  new UsageException(
                      "--scenario '"
                          + name
                          + "': expected all or one of "
                          + String.join(", ", Scenario.ALL.stream().map(Scenario::name).toList())));
    }

    private static Path path(String option, String text) {
      try {
        return Path.of(text);
      } catch (InvalidPathException unusable) {
        throw new UsageException(option + " '" + text + "': not a path: " + unusable.getReason());
      }
    }

    private static long whole(String option, String text, long least, long most) {
      try {
        var value = WHOLE.matcher(text).matches() ? Long.parseLong(text) : least - 1;
        if (value >= least && value <= most) {
          return value;
        }
      } catch (NumberFormatException tooLarge) {
        throw expected(option, text, "a whole number", least, most);
      }
      throw expected(option, text, "a whole number", least, most);
    }

    /** Stricter than Java, which would take "20f" and "0x1p4" for numbers too. */
    private static double number(String option, String text, int least, int most) {
      var value = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
      if (value >= least && value <= most) {
        return value;
      }
      throw expected(option, text, "a number", least, most);
    }

    private static UsageException expected(
        String option, String text, String kind, Number least, Number most) {
      return new UsageException(
          String.format(
              Locale.ROOT, "%s '%s': expected %s from %s to %s", option, text, kind, least, most));
    }
  }
}
