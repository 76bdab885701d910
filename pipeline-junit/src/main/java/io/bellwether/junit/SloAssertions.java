package io.bellwether.junit;

import io.bellwether.slo.SloReport;
import io.bellwether.slo.SloResult;

/**
 * Where assertions about objectives and error budgets begin; goes well with a static import, also
 * beside AssertJ's own.
 *
 * <p>For example {@code assertThat(report).slo("chat").isMet().hasBudget(GREEN)}.
 */
public final class SloAssertions {
  private SloAssertions() {}

  /** Looks at how a service stands. */
  public static SloReportAssert assertThat(SloReport actual) {
    return new SloReportAssert(actual);
  }

  /** Looks at how one SLO stands. */
  public static SloResultAssert assertThat(SloResult actual) {
    return new SloResultAssert(actual);
  }
}
