package io.bellwether.analysis;

/**
 * How many requests were looked at, and how many of them were bad.
 *
 * <p>For a capped mean {@code bad} is the sum of the requests' values divided by their cap, each
 * from 0 to 1, so that more is worse; it need not be whole. Immutable.
 *
 * @param of requests looked at; not negative
 * @param bad from 0 to {@code of}
 */
public record Tally(long of, double bad) {
  /** Nothing was looked at. */
  public static final Tally NONE = new Tally(0, 0);

  /** Refuses counts that cannot be. */
  public Tally {
    if (of < 0 || !(bad >= 0) || bad > of * (1 + 1e-9)) {
      throw new IllegalArgumentException(
          "tally of " + bad + " bad in " + of + ": expected from 0 to all of them");
    }
  }

  /** Both together. */
  public Tally plus(Tally more) {
    return new Tally(of + more.of, bad + more.bad);
  }

  /** The share of bad ones; NaN of nothing. */
  public double rate() {
    return of == 0 ? Double.NaN : bad / of;
  }

  double good() {
    return Math.max(0, of - bad);
  }
}
