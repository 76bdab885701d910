package io.bellwether.pipeline.stage;

import io.bellwether.Ratio;
import io.bellwether.pipeline.StageAction;
import io.bellwether.pipeline.StageContext;
import io.bellwether.pipeline.StageResult;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;

/**
 * Enough lines have to be covered by tests. Immutable and thread-safe.
 *
 * @param reports coverage reports, counted together
 * @param atLeast the share that has to be covered; exactly that much is enough
 */
public record QualityGate(List<Path> reports, Ratio atLeast) implements StageAction.Blocking {
  /** Refuses a gate without a report, and a report that would count twice. */
  public QualityGate {
    reports = List.copyOf(reports);
    if (reports.isEmpty()) {
      throw new IllegalArgumentException("quality gate without a coverage report");
    }
    var places = new HashSet<Path>();
    for (var report : reports) {
      if (!places.add(report.toAbsolutePath().normalize())) {
        throw new IllegalArgumentException("quality gate: " + report + " would count twice");
      }
    }
  }

  /** At least 80 % of the lines, all reports together. */
  public static QualityGate of(Path... reports) {
    return new QualityGate(List.of(reports), Ratio.percent(80));
  }

  /** The same gate with another share. */
  public QualityGate atLeast(Ratio share) {
    return new QualityGate(reports, share);
  }

  @Override
  public StageResult run(StageContext context) {
    var coverage = Coverage.NONE;
    for (var report : reports) {
      coverage = coverage.plus(Coverage.read(report));
    }
    var text = "line coverage " + coverage + ", at least " + atLeast + " required";
    return (coverage.isAtLeast(atLeast) ? StageResult.success(text) : StageResult.failure(text))
        .with("line_coverage", coverage.toString());
  }
}
