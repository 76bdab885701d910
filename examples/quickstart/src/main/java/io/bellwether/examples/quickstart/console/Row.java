package io.bellwether.examples.quickstart.console;

import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.rollout.Phase;
import java.time.Duration;
import java.util.Locale;

/**
 * Where one rollout stands.
 *
 * @param name the rollout
 * @param weight the candidate's share in percent
 * @param phase where it stands
 * @param stable what the stable version's users get
 * @param candidate what the candidate's users get
 * @param left how long it will take from here, if all goes well, on the wall's clock
 */
public record Row(
    String name, double weight, Phase phase, Rates stable, Rates candidate, Duration left) {
  /** What stands above the rows: in each pair version 1 is on the left, version 2 on the right. */
  public static final String HEADER =
      String.format(
          Locale.ROOT,
          "%-6s %-10s %4s %-11s  %s  %s  %s %4s",
          "",
          "weight",
          "",
          "phase",
          "v1 error v2",
          "v1 empty v2",
          " v1 p95 v2 ",
          "left");

  private static final int BAR = 8;

  /**
   * What users of a version got over the time just past; NaN where nobody used it.
   *
   * @param errors the share of failures
   * @param empties the share of empty answers
   * @param p95 the 95th percentile of the latencies in milliseconds
   */
  public record Rates(double errors, double empties, double p95) {
    /** Nobody used it. */
    public static final Rates NONE = new Rates(Double.NaN, Double.NaN, Double.NaN);

    /** What a window says. */
    public static Rates of(WindowSnapshot window) {
      return new Rates(
          window.errorRate(), (double) window.empties() / window.requests(), window.p95());
    }

    private String seconds() {
      return Double.isFinite(p95) ? String.format(Locale.ROOT, "%.1fs", p95 / 1000) : "-";
    }

    private static String share(double share) {
      return Double.isFinite(share) ? String.format(Locale.ROOT, "%.1f%%", share * 100) : "-";
    }
  }

  /** The row as text, with the phase in its colour. */
  String text(Style style) {
    return String.format(
        Locale.ROOT,
        "%-6s %s %3.0f%% %s  %5s %5s  %5s %5s  %5s %5s %4s",
        name,
        bar(),
        weight,
        style.phase(phase, String.format("%-11s", phase)),
        Rates.share(stable.errors()),
        Rates.share(candidate.errors()),
        Rates.share(stable.empties()),
        Rates.share(candidate.empties()),
        stable.seconds(),
        candidate.seconds(),
        phase.isTerminal() ? "-" : left.toSeconds() + "s");
  }

  private String bar() {
    var full = (int) Math.round(weight * BAR / 100);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }
}
