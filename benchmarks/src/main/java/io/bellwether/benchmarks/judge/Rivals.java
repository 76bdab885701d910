package io.bellwether.benchmarks.judge;

import io.bellwether.Ratio;
import io.bellwether.analysis.JudgedStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All judges of the benchmark by name. */
final class Rivals {
  private final Map<String, Rival> standard = new LinkedHashMap<>();
  private final Map<String, Rival> further = new LinkedHashMap<>();

  Rivals(double alpha) {
    var ratio = Ratio.of(alpha);
    var sequential = new SequentialRival(j -> j.alpha(ratio), false);
    standard.put("sequential", sequential);
    standard.put("sequential+phi", new SequentialRival(j -> j.alpha(ratio).tempered(), false));
    standard.put(
        "sequential+tol",
        new SequentialRival(j -> j.alpha(ratio).tempered().streams(tolerant()), false));
    standard.put("sequential+history", new SequentialRival(j -> j.alpha(ratio), true));
    standard.put("sequential+ceiling", new CeilingRival(sequential));
    standard.put("kayenta-5m", new KayentaRule(50, 5, KayentaRule.Z98));
    standard.put("kayenta-1m", new KayentaRule(6, 1, KayentaRule.Z98));
    standard.put("threshold", WindowRule.THRESHOLD);
    standard.put("argo-like", WindowRule.ARGO_LIKE);
    standard.put("flagger-like", WindowRule.FLAGGER_LIKE);
    standard.put("pocock", PocockRule.of(alpha));
    standard.put("oracle", new OracleRule(alpha));
    further.put("flagger-like-97", WindowRule.FLAGGER_LIKE_97);
  }

  private static JudgedStream[] tolerant() {
    return new JudgedStream[] {
      JudgedStream.errors().tolerance(Ratio.percent(0.5)),
      JudgedStream.empties().tolerance(Ratio.percent(0.5)),
      JudgedStream.slow(0).tolerance(Ratio.percent(2))
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
