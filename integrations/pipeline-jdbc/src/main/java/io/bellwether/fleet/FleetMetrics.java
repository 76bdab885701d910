package io.bellwether.fleet;

import io.bellwether.metrics.LatencyHistogram;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.WindowSnapshot;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Readings over all replicas, from the closed slots that lie within the window asked for. A version
 * that the release's split does not name and nobody had requests of has no data; sums that have not
 * been closed for long are an error.
 */
final class FleetMetrics implements MetricSource {
  private static final String SOURCE = "sums of the fleet";
  private static final Set<Metric> HERE_ONLY =
      Set.of(Metric.TOKEN_USAGE, Metric.IN_FLIGHT, Metric.OLDEST_IN_FLIGHT);
  private static final int STALE_BLOCKS = 12;

  private final EvidenceRows rows;
  private final FleetRouter router;
  private final Gathering gathering;
  private final DatabaseClock clock;
  private final OutcomeWindows windows;

  FleetMetrics(
      EvidenceRows rows,
      FleetRouter router,
      Gathering gathering,
      DatabaseClock clock,
      OutcomeWindows windows) {
    this.rows = rows;
    this.router = router;
    this.gathering = gathering;
    this.clock = clock;
    this.windows = windows;
  }

  @Override
  public Reading read(MetricQuery query) {
    return readAll(List.of(query)).values().iterator().next();
  }

  @Override
  public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var longest = new HashMap<String, Duration>();
    queries.forEach(
        it -> longest.merge(it.release(), it.window(), (x, y) -> x.compareTo(y) < 0 ? y : x));
    var sums = new HashMap<String, List<EvidenceRows.Sum>>();
    var readings = new HashMap<MetricQuery, Reading>();
    for (var query : queries) {
      readings.put(
          query, reading(query, longest.getOrDefault(query.release(), query.window()), sums));
    }
    return readings;
  }

  private Reading reading(
      MetricQuery query, Duration longest, Map<String, List<EvidenceRows.Sum>> known) {
    if (HERE_ONLY.contains(query.metric())) {
      return Reading.noData(SOURCE, query.metric() + " is not summed over a fleet");
    }
    if (query.window().compareTo(windows.length()) > 0) {
      return Reading.noData(
          SOURCE,
          "sums are kept for "
              + Durations.plain(windows.length())
              + ", asked for "
              + Durations.plain(query.window()));
    }
    var behind =
        Duration.ofMillis(
            clock.instant().toEpochMilli() - gathering.closedTo(query.release()) * blockMillis());
    if (behind.compareTo(windows.blockLength().multipliedBy(STALE_BLOCKS)) > 0) {
      return Reading.error(
          SOURCE,
          "the sums of all replicas end "
              + Durations.plain(Duration.ofSeconds(behind.toSeconds()))
              + " ago: a replica that is waited for does not publish");
    }
    var all =
        known.computeIfAbsent(
            query.release(), release -> rows.sums(release, slotAfter(shorter(longest))));
    return reading(query, all);
  }

  private Reading reading(MetricQuery query, List<EvidenceRows.Sum> all) {
    var ofVersion = ofVersion(query, all);
    if (ofVersion.isEmpty() && !isRouted(query) && !hadRequests(query)) {
      return Reading.noData(
          SOURCE, "no request of version " + query.version() + " of '" + query.release() + "' yet");
    }
    var from = slotAfter(query.window());
    var ended =
        ofVersion.stream()
            .filter(sum -> sum.slot() >= from)
            .map(sum -> sum.counts().ended())
            .toList();
    return snapshot(query.window(), ended).reading(query, SOURCE);
  }

  private static List<EvidenceRows.Sum> ofVersion(MetricQuery query, List<EvidenceRows.Sum> all) {
    return all.stream().filter(sum -> sum.version().equals(query.version().id())).toList();
  }

  private boolean isRouted(MetricQuery query) {
    var split = router.row(query.release()).split();
    return split.stable().equals(query.version()) || split.candidate().equals(query.version());
  }

  /** Within all that readings may reach back to. */
  private boolean hadRequests(MetricQuery query) {
    return !ofVersion(query, rows.sums(query.release(), slotAfter(windows.length()))).isEmpty();
  }

  /** Those who ask for more than is kept are told so. */
  private Duration shorter(Duration longest) {
    return longest.compareTo(windows.length()) < 0 ? longest : windows.length();
  }

  private static WindowSnapshot snapshot(Duration window, List<Counts.Ended> parts) {
    var sum = Counts.Ended.NONE;
    for (var part : parts) {
      sum = sum.plus(part);
    }
    var latencies = LatencyHistogram.sum(List.of(sum.latencies()));
    return new WindowSnapshot(
        window,
        sum.requests(),
        sum.errors(),
        sum.empties(),
        sum.rateLimited(),
        sum.tokens(),
        latencies.quantile(50),
        latencies.quantile(95),
        latencies.quantile(99),
        Map.of(),
        0,
        0,
        Duration.ZERO,
        sum.scores(),
        sum.scores() == 0 ? Double.NaN : sum.scoreSum() / sum.scores());
  }

  private long slotAfter(Duration window) {
    var from = clock.instant().minus(window).toEpochMilli();
    return Math.floorDiv(from + blockMillis() - 1, blockMillis());
  }

  private long blockMillis() {
    return windows.blockLength().toMillis();
  }
}
