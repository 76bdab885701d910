package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.AlertRules;
import io.bellwether.alert.RuleState;
import io.bellwether.alert.Severity;
import io.bellwether.gate.Limit;
import io.bellwether.metrics.Metric;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Holds, levels and restarts of rules. */
final class RuleVector {
  private static final AlertRules RULES =
      AlertRules.productionDefaults(r -> r.runbooks("https://wiki.example.com/"));

  private RuleVector() {}

  private static Instant at(double second) {
    return Instant.EPOCH.plusMillis(Math.round(second * 1e3));
  }

  static void hold(VectorObject given, VectorObject expect) {
    given.skip("metric", "severity");
    assertThat(given.has("steps") ? steps(given) : samples(given, given.number("threshold")))
        .isEqualTo(expect.texts("states"));
  }

  private static List<String> samples(VectorObject given, double threshold) {
    var op = given.has("op") ? given.text("op") : ">";
    var bound =
        switch (op) {
          case ">" -> Limit.Bound.AT_MOST;
          case ">=" -> Limit.Bound.BELOW;
          case "<" -> Limit.Bound.AT_LEAST;
          case "<=" -> Limit.Bound.ABOVE;
          default -> throw new AssertionError("unknown op " + op);
        };
    var limit = new Limit(bound, Limit.Basis.ABSOLUTE, threshold);
    var missing = given.has("no_data") ? given.text("no_data") : "ok";
    var hold = seconds(given.optionalNumber("for_s").orElse(0));
    var keep = seconds(given.optionalNumber("keep_firing_for_s").orElse(0));
    var states = new ArrayList<String>();
    Optional<RuleState> state = Optional.empty();
    for (var sample : (List<?>) given.raw("samples")) {
      var pair = (List<?>) sample;
      var check = check(pair.get(1), limit, missing);
      state = RuleState.next(state, check, hold, keep, at((Double) pair.get(0)));
      states.add(name(state));
    }
    return states;
  }

  private static RuleState.Check check(@Nullable Object value, Limit limit, String missing) {
    if (value == null) {
      return switch (missing) {
        case "keep" -> RuleState.Check.UNKNOWN;
        case "ok" -> RuleState.Check.KEPT;
        case "alert" -> RuleState.Check.BREACHED;
        default -> throw new AssertionError("unknown no_data " + missing);
      };
    }
    return limit.keptBy((Double) value, Double.NaN)
        ? RuleState.Check.KEPT
        : RuleState.Check.BREACHED;
  }

  private static List<String> steps(VectorObject given) {
    var states = new ArrayList<String>();
    Optional<RuleState> state = Optional.empty();
    var hold = Duration.ZERO;
    var keep = Duration.ZERO;
    for (var step : (List<?>) given.raw("steps")) {
      var pair = (List<?>) step;
      var check = RuleState.Check.UNKNOWN;
      for (var word : ((String) pair.get(1)).split("\\s+")) {
        if (word.startsWith("for=")) {
          hold = Trees.duration(word.substring(4));
        } else if (word.startsWith("keep_firing_for=")) {
          keep = Trees.duration(word.substring(16));
        } else if (word.equals("breach")) {
          check = RuleState.Check.BREACHED;
        } else if (word.equals("ok")) {
          check = RuleState.Check.KEPT;
        } else {
          throw new AssertionError("unknown step " + word);
        }
      }
      state = RuleState.next(state, check, hold, keep, at((Double) pair.get(0)));
      states.add(name(state));
    }
    return states;
  }

  private static String name(Optional<RuleState> state) {
    return state.map(known -> known.phase().name().toLowerCase(Locale.ROOT)).orElse("inactive");
  }

  private static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1e3));
  }

  static void level(VectorObject given, VectorObject expect) {
    if (given.has("event")) {
      assertThat(level(RULES.severityOf(given.text("event")))).isEqualTo(expect.text("level"));
      return;
    }
    var metric = Metric.find(given.text("metric").replace("_ms", "")).orElseThrow();
    if (given.has("samples")) {
      var threshold = Map.of("error_rate", 0.05).get(metric.name());
      assertThat(samples(given, threshold)).isEqualTo(expect.texts("states"));
    } else {
      assertThat(level(RULES.severityOf(metric, given.number("value"))))
          .isEqualTo(expect.text("level"));
    }
  }

  private static String level(Optional<Severity> severity) {
    return severity.map(known -> known.name().toLowerCase(Locale.ROOT)).orElse("none");
  }

  static void restore(VectorObject given, VectorObject expect) {
    var hold = seconds(given.number("for_s"));
    var up = at(given.number("up_at_s"));
    var before =
        new RuleState(RuleState.Phase.PENDING, at(given.number("active_at_s")), Optional.empty());
    var since =
        before
            .restored(
                hold,
                at(given.number("down_at_s")),
                up,
                seconds(given.number("grace_s")),
                seconds(given.number("outage_tolerance_s")))
            .map(RuleState::activeSince)
            .orElse(up);
    var fires = since.plus(hold);
    assertThat(fires.isBefore(up) ? up : fires).isEqualTo(at(expect.number("fires_at_s")));
  }
}
