package io.bellwether.analysis;

import java.util.Iterator;
import java.util.List;

/** Reads a journalled state back, number by number. */
final class Numbers {
  /** Up to here every whole number is a double of its own. */
  private static final double MOST_COUNTED = 1L << 53;

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
    var number = rest.next();
    if (!Double.isFinite(number)) {
      throw damaged(number, "a finite number");
    }
    return number;
  }

  /** A number from one bound to the other, both inside. */
  double next(double least, double most) {
    var number = next();
    if (!(number >= least && number <= most)) {
      throw damaged(number, "a number from " + least + " to " + most);
    }
    return number;
  }

  /** A count. */
  long nextLong() {
    var number = next(0, MOST_COUNTED);
    if (number != Math.rint(number)) {
      throw damaged(number, "a whole number");
    }
    return (long) number;
  }

  private IllegalArgumentException damaged(double number, String expected) {
    return new IllegalArgumentException(
        "judge state of "
            + all.size()
            + " numbers has "
            + number
            + " where "
            + expected
            + " is expected: it was damaged in the journal");
  }

  void end() {
    if (rest.hasNext()) {
      throw new IllegalArgumentException(
          "judge state of " + all.size() + " numbers has more than it should");
    }
  }
}
