package io.bellwether.analysis;

import static io.bellwether.analysis.KayentaClassification.NODATA;

import io.bellwether.analysis.KayentaResult.GroupScore;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes one score of all metrics. */
record KayentaScorer(Map<String, Double> groupWeights) {
  private static final double NODATA_LIMIT = 50;

  /**
   * A score with its reason.
   *
   * @param value from 0 to 100 with usual weights, two decimals
   * @param reason one sentence part
   * @param groups of the metrics that count
   */
  record Score(double value, String reason, List<GroupScore> groups) {}

  /** The score of these metrics, without the muted ones among them. */
  Score score(List<KayentaMetricResult> all) {
    var results = all.stream().filter(result -> !result.metric().muted()).toList();
    var groups = groups(results);
    var failure = results.stream().filter(KayentaMetricResult::failsAll).findFirst();
    if (failure.isPresent()) {
      var name = failure.get().metric().name();
      return new Score(0, "because the critical metric " + name + " did not pass", groups);
    }
    var missing = results.stream().filter(result -> result.classification() == NODATA).count();
    if ((double) missing / results.size() * 100 >= NODATA_LIMIT) {
      return new Score(
          0, "because " + missing + " of " + results.size() + " metrics have no data", groups);
    }
    var passed = results.stream().filter(result -> !result.notPassed()).count();
    return new Score(summary(groups), passed + " of " + results.size() + " metrics passed", groups);
  }

  private List<GroupScore> groups(List<KayentaMetricResult> results) {
    var members = new LinkedHashMap<String, List<KayentaClassification>>();
    for (var result : results) {
      for (var group : result.metric().groups()) {
        members.computeIfAbsent(group, name -> new ArrayList<>()).add(result.classification());
      }
    }
    var rest = 100 - groupWeights.values().stream().reduce(0.0, Double::sum);
    var sharing = members.keySet().stream().filter(name -> !groupWeights.containsKey(name)).count();
    var groups = new ArrayList<GroupScore>();
    members.forEach(
        (name, labels) ->
            groups.add(group(name, labels, groupWeights.getOrDefault(name, rest / sharing))));
    return groups;
  }

  private static GroupScore group(String name, List<KayentaClassification> labels, double weight) {
    var passed = 0;
    var failed = 0;
    for (var label : labels) {
      switch (label) {
        case PASS -> passed++;
        case HIGH, LOW, NODATA_FAIL_METRIC -> failed++;
        case NODATA, ERROR -> {}
      }
    }
    var scored = passed + failed;
    return scored == 0
        ? new GroupScore(name, 0, true, weight)
        : new GroupScore(name, passed / (double) scored * 100, false, weight);
  }

  /** Rounded as the number prints, half up, so that 33.335 becomes 33.34. */
  private static double summary(List<GroupScore> groups) {
    var sum = 0.0;
    for (var group : groups) {
      sum += group.contribution();
    }
    return BigDecimal.valueOf(sum).setScale(2, RoundingMode.HALF_UP).doubleValue();
  }
}
