package io.bellwether.slo;

import io.bellwether.Ratio;
import io.bellwether.slo.Scale.Level;
import java.util.List;

/**
 * What remains of a budget, as one of four bands. Immutable and thread-safe.
 *
 * <p>By default a band owns its lower edge: 75 % is GREEN, 25 % YELLOW, nothing left EXHAUSTED.
 *
 * @param scale the three edges; below them is {@link BudgetStatus#EXHAUSTED}
 */
public record BudgetBands(Scale<BudgetStatus> scale) {
  /** GREEN from 75 %, YELLOW from 25 %, RED above 0 %. */
  public static final BudgetBands STANDARD = of(Ratio.percent(75), Ratio.percent(25));

  /** Bands that own their lower edges. */
  public static BudgetBands of(Ratio greenFrom, Ratio yellowFrom) {
    return of(
        Level.from(BudgetStatus.GREEN, greenFrom), Level.from(BudgetStatus.YELLOW, yellowFrom));
  }

  /** Bands whose edges belong to the better or to the worse side, as the levels say. */
  public static BudgetBands of(Level<BudgetStatus> green, Level<BudgetStatus> yellow) {
    var red = Level.above(BudgetStatus.RED, Ratio.ZERO);
    return new BudgetBands(Scale.of(List.of(green, yellow, red), BudgetStatus.EXHAUSTED));
  }

  /** The band of this share of the budget; at zero and below it is exhausted. */
  public BudgetStatus statusOf(Fraction remaining) {
    return scale.levelOf(remaining);
  }

  /** For example {@code GREEN from 75%, YELLOW from 25%, RED above 0%, else EXHAUSTED}. */
  @Override
  public String toString() {
    return scale.toString();
  }
}
