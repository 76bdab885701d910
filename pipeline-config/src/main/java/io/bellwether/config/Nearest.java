package io.bellwether.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the name somebody may have meant. */
final class Nearest {
  private Nearest() {}

  /** {@code ", did you mean 'x'?"}, or all there are when none is near, or nothing. */
  static String hint(String wrong, Collection<String> known) {
    return of(wrong, known)
        .map(name -> ", did you mean '" + name + "'?")
        .orElseGet(
            () -> known.isEmpty() ? "" : "; known: " + String.join(", ", new TreeSet<>(known)));
  }

  static Optional<String> of(String wrong, Collection<String> known) {
    return known.stream()
        .filter(name -> near(wrong, name))
        .min(Comparator.comparingInt((String name) -> distance(wrong, name)).thenComparing(n -> n));
  }

  private static boolean near(String wrong, String name) {
    return distance(wrong, name) <= Math.max(1, Math.max(wrong.length(), name.length()) / 3)
        || wrong.length() >= 3 && (name.startsWith(wrong) || wrong.startsWith(name));
  }

  /** How many letters have to be put in, taken out or changed (Levenshtein 1965). */
  private static int distance(String a, String b) {
    var costs = new int[b.length() + 1];
    for (var j = 0; j <= b.length(); j++) {
      costs[j] = j;
    }
    for (var i = 1; i <= a.length(); i++) {
      var diagonal = costs[0];
      costs[0] = i;
      for (var j = 1; j <= b.length(); j++) {
        var change = a.charAt(i - 1) == b.charAt(j - 1) ? diagonal : diagonal + 1;
        diagonal = costs[j];
        costs[j] = Math.min(change, Math.min(costs[j], costs[j - 1]) + 1);
      }
    }
    return costs[b.length()];
  }
}
