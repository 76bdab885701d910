package io.bellwether.charts;

import io.bellwether.metrics.LatencyBand;
import io.bellwether.metrics.Metric;
import io.bellwether.report.EvidencePoint;
import io.bellwether.report.GateLine;
import io.bellwether.report.HoldLine;
import io.bellwether.report.RolloutReport;
import io.bellwether.report.VersionFigures;
import io.bellwether.report.VersionSample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A report's figures as charts. */
final class ReportCharts {
  private static final double LEAST_E_VALUE = 0.01;
  private static final int MOST_GATES = 24;

  private final RolloutReport report;
  private final String prefix;
  private final TimeAxis time;
  private final List<TimeChart.Wait> waits;

  /**
   * Charts whose ids begin with this.
   *
   * @param prefix may be empty
   */
  ReportCharts(RolloutReport report, String prefix) {
    this.report = report;
    this.prefix = prefix;
    time = TimeAxis.of(report.run().startedAt(), report.asOf());
    waits =
        report.holds().stream().map(hold -> new TimeChart.Wait(hold.from(), until(hold))).toList();
  }

  private Instant until(HoldLine hold) {
    return hold.until().orElse(report.asOf());
  }

  List<TimeChart> main() {
    var charts = new ArrayList<>(List.of(traffic(), errors(), latency()));
    if (!report.evidence().isEmpty()) {
      charts.add(evidence());
    }
    return charts;
  }

  private TimeChart traffic() {
    var points = new ArrayList<Line.Point>();
    for (var weight : report.weights()) {
      points.add(Line.Point.of(weight.at(), weight.weight().share()));
    }
    points.add(Line.Point.of(report.asOf(), report.weight().share()));
    return chart(
        "traffic",
        "Traffic to the candidate",
        new ValueAxis(0, 1, false, ValueAxis.Unit.SHARE),
        List.of(new Line("Candidate", "candidate", true, points)),
        List.of());
  }

  private TimeChart errors() {
    return compared(
        "errors",
        "Error rate",
        ValueAxis.Unit.SHARE,
        Metric.ERROR_RATE,
        figures ->
            Optional.of(figures.errors())
                .filter(rate -> rate.of() > 0)
                .map(rate -> new double[] {rate.rate(), rate.low(), rate.high()}));
  }

  private TimeChart latency() {
    return compared(
        "latency",
        "Latency, 95th percentile",
        ValueAxis.Unit.MILLIS,
        Metric.LATENCY_P95,
        figures ->
            figures
                .latency()
                .filter(band -> band.of() > 0)
                .map(band -> new double[] {band.millis(), low(band), band.high()}));
  }

  /** Of a latency whose distribution nobody knows there is no band. */
  private static double low(LatencyBand band) {
    return band.low() == 0 && Double.isInfinite(band.high()) ? Double.NaN : band.low();
  }

  private TimeChart compared(
      String id,
      String title,
      ValueAxis.Unit unit,
      Metric metric,
      Function<VersionFigures, Optional<double[]>> value) {
    var stable = line("Stable", "stable", VersionSample::stable, value);
    var candidate = line("Candidate", "candidate", VersionSample::candidate, value);
    var limits =
        report.gates().stream()
            .filter(gate -> gate.condition().metric().equals(metric))
            .flatMap(gate -> limit(gate).stream())
            .distinct()
            .toList();
    var most =
        Stream.concat(
                Stream.of(stable, candidate)
                    .flatMap(line -> line.known().stream())
                    .map(Line.Point::value),
                limits.stream().map(Limit::value))
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    return chart(id, title, ValueAxis.upTo(most * 1.25, unit), List.of(stable, candidate), limits);
  }

  private Line line(
      String name,
      String style,
      Function<VersionSample, Optional<VersionFigures>> version,
      Function<VersionFigures, Optional<double[]>> value) {
    return new Line(
        name,
        style,
        false,
        report.samples().stream()
            .map(
                sample ->
                    version
                        .apply(sample)
                        .flatMap(value)
                        .map(it -> new Line.Point(sample.at(), it[0], it[1], it[2]))
                        .orElse(Line.Point.unknown(sample.at())))
            .toList());
  }

  private static Optional<Limit> limit(GateLine gate) {
    var threshold = gate.threshold();
    return threshold.isPresent()
        ? Optional.of(new Limit(gate.limit(), threshold.getAsDouble()))
        : Optional.empty();
  }

  private TimeChart evidence() {
    var last = report.evidence().get(report.evidence().size() - 1);
    var most = report.evidence().stream().mapToDouble(EvidencePoint::eValue).max().orElse(1);
    var points =
        report.evidence().stream()
            .map(it -> Line.Point.of(it.at(), Math.max(LEAST_E_VALUE, it.eValue())))
            .toList();
    return chart(
        "evidence",
        "Evidence against the candidate (e-value)",
        ValueAxis.powers(LEAST_E_VALUE, Math.max(most, last.limit()) * 2),
        List.of(new Line("E-value", "candidate", false, points)),
        List.of(
            new Limit(
                "goes back at " + ValueAxis.upTo(1, ValueAxis.Unit.NUMBER).words(last.limit()),
                last.limit())));
  }

  /** Every condition's value against its threshold. */
  List<TimeChart> gates() {
    var charts = new ArrayList<TimeChart>();
    for (var gate : report.gates()) {
      if (!gate.points().isEmpty() && charts.size() < MOST_GATES) {
        charts.add(gate("gate" + charts.size(), gate));
      }
    }
    return charts;
  }

  private TimeChart gate(String id, GateLine gate) {
    var unit =
        switch (gate.condition().metric().unit()) {
          case RATIO -> ValueAxis.Unit.SHARE;
          case MILLIS -> ValueAxis.Unit.MILLIS;
          case COUNT, VALUE -> ValueAxis.Unit.NUMBER;
        };
    var points =
        gate.points().stream().map(point -> Line.Point.of(point.at(), point.value())).toList();
    var span = new DoubleSummaryStatistics();
    points.forEach(point -> span.accept(point.value()));
    gate.threshold().ifPresent(span);
    return chart(
        id,
        gate.gate() + ": " + gate.condition().metric() + " " + gate.limit(),
        ValueAxis.around(span.getMin(), span.getMax(), unit),
        List.of(new Line("Candidate", "candidate", false, points)),
        limit(gate).stream().toList());
  }

  private TimeChart chart(
      String id, String title, ValueAxis axis, List<Line> lines, List<Limit> limits) {
    return new TimeChart(prefix + id, title, time, axis, lines, limits, waits);
  }
}
