package io.bellwether.metrics;

import java.util.Arrays;

/**
 * The error kinds a window has met, by number. The first {@value #NAMED} keep their names for the
 * life of the window, all others share the name {@code other}: a host that makes kinds out of
 * messages costs no memory. Thread-safe.
 */
final class ErrorKinds {
  /** Kinds with a name of their own. */
  static final int NAMED = 32;

  /** How many numbers there are at most. */
  static final int LIMIT = NAMED + 1;

  private static final int OTHER = 0;

  private volatile String[] labels = {"other", Outcome.timeout().label()};

  /** The number of a kind. */
  int number(String label) {
    var known = labels;
    for (var i = 0; i < known.length; i++) {
      if (known[i].equals(label)) {
        return i;
      }
    }
    return known.length == LIMIT ? OTHER : add(label);
  }

  /** The names by number; never changed. */
  String[] labels() {
    return labels;
  }

  private synchronized int add(String label) {
    var known = labels;
    var at = Arrays.asList(known).indexOf(label);
    if (at >= 0) {
      return at;
    }
    if (known.length == LIMIT) {
      return OTHER;
    }
    var more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = label;
    labels = more;
    return known.length;
  }
}
