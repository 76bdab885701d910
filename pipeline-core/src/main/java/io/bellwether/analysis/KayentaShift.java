package io.bellwether.analysis;

/**
 * By how much the canary's points lie above the baseline's, as the Mann-Whitney test sees it.
 *
 * <p>In the metric's own unit; the numbers come from a search with an absolute tolerance of 1e-4,
 * so {@code low} can even come out a little above {@code high}.
 *
 * @param low the lower bound of the confidence interval
 * @param high the upper bound of the confidence interval
 * @param estimate the shift that balances the ranks (Hodges and Lehmann)
 */
public record KayentaShift(double low, double high, double estimate) {
  /** No shift was estimated: all three numbers are NaN. */
  public static final KayentaShift NONE = new KayentaShift(Double.NaN, Double.NaN, Double.NaN);

  /** Whether a shift was estimated. */
  public boolean isKnown() {
    return Double.isFinite(low) && Double.isFinite(high) && Double.isFinite(estimate);
  }

  /** For example {@code 9.084 to 12.31, estimate 10.2}. */
  @Override
  public String toString() {
    return KayentaNumbers.plain(low)
        + " to "
        + KayentaNumbers.plain(high)
        + ", estimate "
        + KayentaNumbers.plain(estimate);
  }
}
