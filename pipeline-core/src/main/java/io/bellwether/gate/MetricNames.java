package io.bellwether.gate;

import io.bellwether.metrics.Metric;
import java.util.Comparator;

/** Finds what somebody meant who misspelt a metric. */
final class MetricNames {
  private MetricNames() {}

  /** The sentence that answers a name the library does not know. */
  static String unknown(String name) {
    return name.isBlank() ? "the metric's name is blank; known: " + Metric.KNOWN : unlike(name);
  }

  private static String unlike(String name) {
    return "metric '"
        + name
        + "' is unknown; did you mean '"
        + nearest(name)
        + "'? known: "
        + Metric.KNOWN
        + "; a metric of your own is made with Metric.custom(..)";
  }

  private static Metric nearest(String name) {
    return Metric.KNOWN.stream()
        .min(Comparator.comparingInt(metric -> edits(name, metric.name())))
        .orElseThrow();
  }

  /** The Levenshtein distance: single characters to insert, delete or replace. */
  private static int edits(String a, String b) {
    var row = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = row[0];
      row[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
