package io.bellwether.slo;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How a service stands: one result per SLO, all of the same moment. Immutable and thread-safe.
 *
 * @param at when
 * @param results in the order the SLOs were given
 */
public record SloReport(Instant at, List<SloResult> results) {
  /** Copies the results. */
  public SloReport {
    results = List.copyOf(results);
  }

  /**
   * The result of an SLO.
   *
   * @throws IllegalArgumentException if the report has none of this name
   */
  public SloResult result(String slo) {
    return results.stream()
        .filter(result -> result.name().equals(slo))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no SLO '"
                        + slo
                        + "' in the report; there are "
                        + results.stream().map(SloResult::name).toList()));
  }

  /**
   * The result whose budget decides who may deploy: of the SLOs that have a say, the one with the
   * least left, which is also in the worst band. Empty if none of them has data.
   */
  public Optional<SloResult> deciding() {
    return results.stream()
        .filter(result -> result.slo().forBudget() && result.budget().isPresent())
        .min((a, b) -> left(a).compareTo(left(b)));
  }

  /** The SLOs that have a say in deploys and no data. */
  public List<String> withoutData() {
    return results.stream()
        .filter(result -> result.slo().forBudget() && result.budget().isEmpty())
        .map(SloResult::name)
        .toList();
  }

  /** The report as one JSON document; what it has is described in the guide. */
  public String toJson() {
    return ReportJson.write(this);
  }

  /** The report as a table in Markdown. */
  public String toMarkdown() {
    return ReportMarkdown.write(this);
  }

  private static Fraction left(SloResult result) {
    return result.budget().map(ErrorBudget::remainingShare).orElse(Fraction.ONE);
  }

  /** A line per SLO. */
  @Override
  public String toString() {
    return results.stream().map(SloResult::toString).collect(Collectors.joining("\n"));
  }
}
