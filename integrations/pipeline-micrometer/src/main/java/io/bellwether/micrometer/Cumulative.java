package io.bellwether.micrometer;

/** A count that only rises, made of a meter that may begin anew. Not thread-safe. */
final class Cumulative {
  private double before;
  private double last;

  /**
   * The meter shows this value: one below the last means that it began anew, and that what it shows
   * has come since.
   */
  void shows(double value) {
    if (!Double.isFinite(value) || value < 0) {
      return;
    }
    if (value < last) {
      before += last;
    }
    last = value;
  }

  /** The meter is not there: whatever comes in its place begins anew. */
  void isGone() {
    before += last;
    last = 0;
  }

  double count() {
    return before + last;
  }
}
