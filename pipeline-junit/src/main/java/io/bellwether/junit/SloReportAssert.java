package io.bellwether.junit;

import io.bellwether.slo.SloReport;
import io.bellwether.slo.SloResult;
import java.util.stream.Collectors;
import org.assertj.core.api.AbstractAssert;

/** What can be said of how a service stands. Failures show every SLO. */
public final class SloReportAssert extends AbstractAssert<SloReportAssert, SloReport> {
  SloReportAssert(SloReport actual) {
    super(actual, SloReportAssert.class);
  }

  /**
   * Looks at one SLO.
   *
   * @throws IllegalArgumentException if the report has none of this name
   */
  public SloResultAssert slo(String name) {
    isNotNull();
    return new SloResultAssert(actual.result(name));
  }

  /** Every SLO is met; one without data is not. */
  public SloReportAssert allMet() {
    isNotNull();
    var others =
        actual.results().stream()
            .filter(result -> result.status() != SloResult.Status.PASS)
            .map(SloResult::name)
            .toList();
    if (!others.isEmpty()) {
      throw failure("%s", "\nExpected every SLO to be met\nbut these are not: " + others + all());
    }
    return this;
  }

  private String all() {
    return actual.results().stream()
        .map(SloResult::explain)
        .collect(Collectors.joining("\n", "\n\n", ""))
        .stripTrailing();
  }
}
