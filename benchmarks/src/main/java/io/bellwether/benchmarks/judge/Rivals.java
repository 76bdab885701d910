package io.bellwether.benchmarks.judge;

import io.bellwether.Ratio;
import io.bellwether.analysis.JudgedStream;
import io.bellwether.benchmarks.judge.DecidedRival.Feed;
import io.bellwether.gate.Gates;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All judges of the benchmark by name.
 *
 * <p>The matched ones have the boundary at which they roll back as many healthy runs of row 01 as
 * the sequential judge does at alpha 1 %: 2,000 runs of random number 7 each.
 */
final class Rivals {
  /** The interval between two checks unless a plan says otherwise. */
  private static final int CHECK_SECONDS = 30;

  private final Map<String, Rival> standard = new LinkedHashMap<>();
  private final Map<String, Rival> further = new LinkedHashMap<>();

  Rivals(double alpha) {
    var ratio = Ratio.of(alpha);
    var ceiling = List.of(Gates.canaryDefaults());
    standard.put("sequential", DecidedRival.alone(j -> j.alpha(ratio), Feed.BY_START));
    standard.put(
        "sequential+phi", DecidedRival.alone(j -> j.alpha(ratio).tempered(), Feed.BY_START));
    standard.put(
        "sequential+tol",
        DecidedRival.alone(j -> j.alpha(ratio).tempered().streams(tolerant()), Feed.BY_START));
    standard.put("sequential+history", DecidedRival.alone(j -> j.alpha(ratio), Feed.WITH_HISTORY));
    standard.put(
        "sequential+ceiling",
        new DecidedRival(
            j -> j.alpha(ratio), Feed.BY_START, ceiling, CHECK_SECONDS, Double.POSITIVE_INFINITY));
    standard.put("kayenta-5m", KayentaRule.every(5, 50));
    standard.put("kayenta-1m", KayentaRule.every(1, 6));
    standard.put("threshold", WindowRule.THRESHOLD);
    standard.put("argo-like", WindowRule.ARGO_LIKE);
    standard.put("flagger-like", WindowRule.FLAGGER_LIKE);
    standard.put("pocock", PocockRule.of(alpha));
    standard.put("oracle", new OracleRule(alpha));
    further.put("kayenta-5m-exact", new KayentaRule(50, 5, KayentaRule.Z98, true));
    further.put("kayenta-1m-exact", new KayentaRule(6, 1, KayentaRule.Z98, true));
    further.put("kayenta-5m-matched", new KayentaRule(50, 5, 3.2, false));
    further.put("kayenta-1m-matched", new KayentaRule(6, 1, 3.2, false));
    further.put("pocock-matched", PocockRule.withBoundary(4.4));
    further.put("flagger-like-97", WindowRule.FLAGGER_LIKE_97);
    further.put(
        "sequential-checked-in-30s",
        new DecidedRival(
            j -> j.alpha(ratio),
            Feed.BY_START,
            List.of(),
            CHECK_SECONDS,
            Double.POSITIVE_INFINITY));
    for (var eValue : List.of(1, 2, 5, 20)) {
      further.put(
          "sequential+wary-" + eValue,
          DecidedRival.wary(j -> j.alpha(ratio), Feed.BY_START, eValue));
    }
    staked(ratio, 1, 1, 1);
    staked(ratio, 4, 2, 1);
    staked(ratio, 8, 4, 1);
    staked(ratio, 3, 3, 6);
    further.put("sequential-by-end", DecidedRival.alone(j -> j.alpha(ratio), Feed.BY_END));
    further.put(
        "sequential+slo",
        DecidedRival.alone(j -> j.alpha(ratio).streams(twoCuts()), Feed.BY_START));
    further.put(
        "sequential+history+slo",
        DecidedRival.alone(j -> j.alpha(ratio).streams(twoCuts()), Feed.WITH_HISTORY));
    further.put(
        "sequential+history+phi",
        DecidedRival.alone(j -> j.alpha(ratio).tempered(), Feed.WITH_HISTORY));
  }

  /** The second cut is the 2000 ms of the default gates, known before the rollout. */
  private static JudgedStream[] twoCuts() {
    return new JudgedStream[] {
      JudgedStream.errors().stake(5),
      JudgedStream.empties().stake(4),
      JudgedStream.slow(0).stake(1.5),
      JudgedStream.slow(1).stake(1.5)
    };
  }

  private void staked(Ratio alpha, int errors, int empties, int slow) {
    further.put(
        "sequential-stakes-" + errors + "-" + empties + "-" + slow,
        DecidedRival.alone(
            j ->
                j.alpha(alpha)
                    .streams(
                        JudgedStream.errors().stake(errors),
                        JudgedStream.empties().stake(empties),
                        JudgedStream.slow(0).stake(slow)),
            Feed.BY_START));
  }

  private static JudgedStream[] tolerant() {
    return new JudgedStream[] {
      JudgedStream.errors().stake(5).tolerance(Ratio.percent(0.5)),
      JudgedStream.empties().stake(4).tolerance(Ratio.percent(0.5)),
      JudgedStream.slow(0).stake(3).tolerance(Ratio.percent(2))
    };
  }

  /** The judges of a comma-separated list; {@code all} are those every report compares. */
  Map<String, Rival> named(String list) {
    if (list.equals("all")) {
      return standard;
    }
    var known = new LinkedHashMap<>(standard);
    known.putAll(further);
    var chosen = new LinkedHashMap<String, Rival>();
    for (var name : List.copyOf(Arrays.asList(list.split(",")))) {
      var rival = known.get(name);
      if (rival == null) {
        throw new IllegalArgumentException("no judge " + name + "; there are " + known.keySet());
      }
      chosen.put(name, rival);
    }
    return chosen;
  }
}
