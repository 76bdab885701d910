package io.bellwether.analysis;

import java.util.Iterator;
import java.util.List;

/** Reads a journalled state back, number by number. */
final class Numbers {
  private final List<Double> all;
  private final Iterator<Double> rest;

  Numbers(List<Double> numbers) {
    all = List.copyOf(numbers);
    rest = all.iterator();
  }

  double next() {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(
          "judge state of "
              + all.size()
              + " numbers ends too early: it was cut off in the journal");
    }
    return rest.next();
  }

  long nextLong() {
    return (long) next();
  }

  void end() {
    if (rest.hasNext()) {
      throw new IllegalArgumentException(
          "judge state of " + all.size() + " numbers has more than it should");
    }
  }
}
