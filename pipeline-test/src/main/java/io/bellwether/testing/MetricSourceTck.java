package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Reading.Status;
import io.bellwether.release.Version;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The rules every {@link MetricSource} keeps: what it does not know is no data and never a number,
 * asking together is asking one by one, and threads do not get in each other's way.
 *
 * <pre>{@code
 * MetricSourceTck.verify(windows, List.of(
 *     new MetricQuery("chat", v7, Metric.ERROR_RATE, ofMinutes(5))));
 * }</pre>
 *
 * <p>The source's data stands still meanwhile: put it on a clock that does. Nothing here belongs to
 * a test framework.
 */
public final class MetricSourceTck {
  private static final Version NOBODY = Version.version("tck-nobody-knows-this-version");
  private static final Metric NOTHING = Metric.custom("tck_unknown", Metric.Unit.VALUE);
  private static final int ROUNDS = 10;

  private final MetricSource source;
  private final List<MetricQuery> known;

  private MetricSourceTck(MetricSource source, List<MetricQuery> known) {
    this.source = source;
    this.known = List.copyOf(known);
  }

  /**
   * Verifies a source.
   *
   * @param known questions it has a value for, of every kind it is asked; not empty
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(MetricSource source, List<MetricQuery> known) {
    if (known.isEmpty()) {
      throw new IllegalArgumentException("no question the source has a value for: expected some");
    }
    new MetricSourceTck(source, known).verify();
  }

  private void verify() {
    new Contract("MetricSource")
        .check("what it knows has a value that can be one", this::knows)
        .check("an unknown version is no data", this::knowsNoOtherVersion)
        .check("an unknown metric is no data", this::knowsNoOtherMetric)
        .check("asking again gives the same answer", this::answersAgain)
        .check("asking together is asking one by one", this::answersTogether)
        .check("asking nothing gives nothing", this::answersNothing)
        .check("several threads get the answers one gets", this::answersThreads)
        .throwIfBroken(source);
  }

  private void knows() {
    for (var query : known) {
      var reading = source.read(query);
      expect(reading.status(), Status.VALUE, "status of " + query + " (" + reading.detail() + ")");
      expect(!reading.source().isBlank(), query + ": the reading does not say who says so");
      expect(
          isPossible(query.metric(), reading),
          query + ": " + reading.value() + " can be no " + query.metric().unit());
    }
  }

  /** Without samples there may be no number; with some there is one of its unit. */
  private static boolean isPossible(Metric metric, Reading reading) {
    var value = reading.value();
    if (reading.samples() == 0 && Double.isNaN(value)) {
      return true;
    }
    return switch (metric.unit()) {
      case RATIO -> value >= 0 && value <= 1;
      case MILLIS, COUNT -> value >= 0 && Double.isFinite(value);
      case VALUE -> Double.isFinite(value);
    };
  }

  private void knowsNoOtherVersion() {
    for (var query : known) {
      expectNoData(new MetricQuery(query.release(), NOBODY, query.metric(), query.window()));
    }
  }

  private void knowsNoOtherMetric() {
    for (var query : known) {
      expectNoData(new MetricQuery(query.release(), query.version(), NOTHING, query.window()));
    }
  }

  private void expectNoData(MetricQuery query) {
    var reading = source.read(query);
    expect(reading.status(), Status.NO_DATA, "status of " + query);
    expect(Double.isNaN(reading.value()), query + ": no data, and yet " + reading.value());
    expect(reading.samples(), 0L, "samples of " + query);
    expect(!reading.detail().isBlank(), query + ": the reading does not say why there is no data");
  }

  private void answersAgain() {
    for (var query : mixed()) {
      expect(source.read(query), source.read(query), query + " asked again");
    }
  }

  private void answersTogether() {
    var queries = mixed();
    expectSame(source.readAll(queries), oneByOne(queries));
    Collections.reverse(queries);
    expectSame(source.readAll(queries), oneByOne(queries));
    queries.addAll(known);
    expectSame(source.readAll(queries), oneByOne(queries));
  }

  private void answersNothing() {
    expect(source.readAll(List.of()), Map.of(), "readings of no question");
  }

  private void answersThreads() throws Exception {
    var queries = mixed();
    var expected = oneByOne(queries);
    Contract.Check asking =
        () -> {
          for (var round = 0; round < ROUNDS; round++) {
            expectSame(oneByOne(queries), expected);
            expectSame(source.readAll(queries), expected);
          }
        };
    Contract.together(List.of(asking, asking, asking));
  }

  private Map<MetricQuery, Reading> oneByOne(List<MetricQuery> queries) {
    var readings = new HashMap<MetricQuery, Reading>();
    queries.forEach(query -> readings.put(query, source.read(query)));
    return readings;
  }

  private static void expectSame(
      Map<MetricQuery, Reading> actual, Map<MetricQuery, Reading> expected) {
    expect(actual.keySet(), new HashSet<>(expected.keySet()), "questions that were answered");
    expected.forEach((query, reading) -> expect(actual.get(query), reading, "reading of " + query));
  }

  /** What it knows, and what it does not. */
  private List<MetricQuery> mixed() {
    var queries = new ArrayList<>(known);
    for (var query : known) {
      queries.add(new MetricQuery(query.release(), NOBODY, query.metric(), query.window()));
      queries.add(new MetricQuery(query.release(), query.version(), NOTHING, query.window()));
    }
    return queries;
  }
}
