package io.bellwether.plans;

import io.bellwether.Ratio;
import io.bellwether.gate.Condition;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.Conditions.OfDuration;
import io.bellwether.gate.Conditions.OfNumber;
import io.bellwether.gate.Conditions.OfRatio;
import io.bellwether.gate.NoDataPolicy;
import io.bellwether.time.Durations;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a condition written in words.
 *
 * <pre>{@code
 * error_rate at most 5%
 * latency_p95 at most 2s, over 10m, failing after 5m
 * empty_rate at most 2% above stable
 * quality at least 0.95 times stable, from 200 samples
 * success_rate at least 95%, no data: rollback
 * error_rate at most 5%, warning from 2%
 * }</pre>
 *
 * <p>A metric, {@code at most}, {@code below}, {@code at least} or {@code above}, and a limit: a
 * percentage or a share for rates, a duration for latencies, a number for the rest; {@code above
 * stable}, {@code below stable} or {@code times stable} behind it make it relative. Then, in any
 * order, the window, how long a breach must last, the sample it needs, what no data means and from
 * where on to warn.
 */
public final class ConditionText {
  private static final Pattern SENTENCE =
      Pattern.compile(
          "(?<metric>[a-z0-9_]{1,64}) (?<bound>at most|below|at least|above)"
              + " (?<number>[^ ]{1,40}( ?(ms|s|m|h))?)( (?<basis>above|below|times) stable)?");

  private ConditionText() {}

  /**
   * The condition.
   *
   * @throws IllegalArgumentException if it is none; says what was expected where
   */
  public static Condition parse(String text) {
    var parts = text.strip().replaceAll("\\s+", " ").split(" ?, ?", -1);
    var condition = sentence(parts[0]);
    for (var i = 1; i < parts.length; i++) {
      condition = with(condition, parts[i]);
    }
    return condition;
  }

  private static Condition sentence(String text) {
    var words = SENTENCE.matcher(text);
    if (!words.matches()) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is no condition; expected one such as 'error_rate at most 5%' or 'latency_p95 at"
              + " most 1.5 times stable'");
    }
    var metric = Conditions.named(words.group("metric"));
    var basis = words.group("basis");
    var bound = words.group("bound") + (basis == null ? "" : " " + basis);
    var number = words.group("number");
    if (metric instanceof OfRatio ratio) {
      return ratio(ratio, bound, number);
    }
    return metric instanceof OfDuration duration
        ? duration(duration, bound, number)
        : number((OfNumber) metric, bound, number);
  }

  private static Condition ratio(OfRatio metric, String bound, String number) {
    return switch (bound) {
      case "at most" -> metric.atMost(share(number));
      case "below" -> metric.below(share(number));
      case "at least" -> metric.atLeast(share(number));
      case "above" -> metric.above(share(number));
      case "at most above" -> metric.atMostAboveStable(share(number));
      case "at least below" -> metric.atLeastBelowStable(share(number));
      case "at most times" -> metric.atMostTimesStable(decimal(number).doubleValue());
      case "at least times" -> metric.atLeastTimesStable(decimal(number).doubleValue());
      default -> throw nobodyAsks(bound);
    };
  }

  private static Condition duration(OfDuration metric, String bound, String number) {
    return switch (bound) {
      case "at most" -> metric.atMost(Durations.parse(number));
      case "below" -> metric.below(Durations.parse(number));
      case "at most above" -> metric.atMostAboveStable(Durations.parse(number));
      case "at most times" -> metric.atMostTimesStable(decimal(number).doubleValue());
      default -> throw nobodyAsks(bound);
    };
  }

  private static Condition number(OfNumber metric, String bound, String number) {
    var value = decimal(number).doubleValue();
    return switch (bound) {
      case "at most" -> metric.atMost(value);
      case "below" -> metric.below(value);
      case "at least" -> metric.atLeast(value);
      case "above" -> metric.above(value);
      case "at most above" -> metric.atMostAboveStable(value);
      case "at least below" -> metric.atLeastBelowStable(value);
      case "at most times" -> metric.atMostTimesStable(value);
      case "at least times" -> metric.atLeastTimesStable(value);
      default -> throw nobodyAsks(bound);
    };
  }

  private static IllegalArgumentException nobodyAsks(String bound) {
    return new IllegalArgumentException(
        "a limit of this metric cannot be '"
            + bound
            + "'; expected at most, below, at most .. above stable or at most .. times stable, and"
            + " of rates and numbers also at least, above, at least .. below stable or at least .."
            + " times stable");
  }

  private static Condition with(Condition condition, String part) {
    var words = part.toLowerCase(Locale.ROOT);
    if (words.startsWith("over ")) {
      return condition.over(Durations.parse(words.substring(5)));
    }
    if (words.startsWith("failing after ")) {
      return condition.breachedFor(Durations.parse(words.substring(14)));
    }
    if (words.startsWith("from ") && words.endsWith(" samples")) {
      return condition.minSamples(whole(words.substring(5, words.length() - 8)));
    }
    if (words.startsWith("no data: ")) {
      return condition.onNoData(policy(words.substring(9)));
    }
    if (words.startsWith("warning from ")) {
      return warning(condition, words.substring(13));
    }
    throw new IllegalArgumentException(
        "'"
            + part
            + "' is not understood; expected 'over 10m', 'failing after 5m', 'from 200 samples',"
            + " 'no data: hold' or 'warning from 2%'");
  }

  private static Condition warning(Condition condition, String edge) {
    return switch (condition.metric().unit()) {
      case RATIO -> condition.warnFrom(share(edge));
      case MILLIS -> condition.warnFrom(Durations.parse(edge));
      case COUNT, VALUE ->
          throw new IllegalArgumentException("only rates and latencies can warn before a limit");
    };
  }

  private static NoDataPolicy policy(String name) {
    for (var policy : NoDataPolicy.values()) {
      if (policy.name().equalsIgnoreCase(name)) {
        return policy;
      }
    }
    throw new IllegalArgumentException(
        "no data means '" + name + "'; expected hold, fail, pass or rollback");
  }

  private static Ratio share(String text) {
    var share =
        text.endsWith("%")
            ? decimal(text.substring(0, text.length() - 1)).movePointLeft(2)
            : decimal(text);
    if (share.signum() < 0 || share.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "'" + text + "' is no share; expected one such as 0.05 or 5%");
    }
    return Ratio.of(share);
  }

  private static long whole(String text) {
    try {
      return decimal(text).longValueExact();
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is no whole number of samples", e);
    }
  }

  private static BigDecimal decimal(String text) {
    try {
      if (text.length() <= 20) {
        var number = new BigDecimal(text);
        if (Math.abs(number.scale()) <= 20) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("'" + text + "' is no number such as 0.95 or 5%", e);
    }
    throw new IllegalArgumentException("a number is too long; expected one such as 0.95 or 5%");
  }
}
