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

  /** How many letters have to be put in, taken out, changed or swapped with their neighbour. */
  private static int distance(String a, String b) {
    var costs = new int[a.length() + 1][b.length() + 1];
    for (var i = 0; i <= a.length(); i++) {
      for (var j = 0; j <= b.length(); j++) {
        costs[i][j] = i == 0 ? j : j == 0 ? i : cheapest(a, b, i, j, costs);
      }
    }
    return costs[a.length()][b.length()];
  }

  private static int cheapest(String a, String b, int i, int j, int[][] costs) {
    var same = a.charAt(i - 1) == b.charAt(j - 1);
    var change = costs[i - 1][j - 1] + (same ? 0 : 1);
    var least = Math.min(change, Math.min(costs[i - 1][j], costs[i][j - 1]) + 1);
    var swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(least, costs[i - 2][j - 2] + 1) : least;
  }
}
