package io.bellwether.analysis;

/** What became of one metric. Prints as Kayenta's label. */
public enum KayentaClassification {
  /** No difference that counts. */
  PASS("Pass"),
  /** The canary is above the baseline. */
  HIGH("High"),
  /** The canary is below the baseline. */
  LOW("Low"),
  /** An arm has no point; counts in no group's score. */
  NODATA("Nodata"),
  /** An arm of a metric that must have data has none; counts as a failure in its groups. */
  NODATA_FAIL_METRIC("NodataFailMetric"),
  /**
   * The metric could not be judged: one point against one point, or points without a finite range.
   *
   * <p>As in Kayenta it counts in no group's score, so an analysis can pass in spite of it; {@link
   * KayentaResult#errors()} tells.
   */
  ERROR("Error");

  private final String label;

  KayentaClassification(String label) {
    this.label = label;
  }

  /** Kayenta's label, for example {@code NodataFailMetric}. */
  @Override
  public String toString() {
    return label;
  }
}
