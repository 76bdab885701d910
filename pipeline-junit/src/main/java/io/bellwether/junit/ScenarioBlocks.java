package io.bellwether.junit;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.BlockSource;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficRouter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a judge sees of a scenario: as many requests a minute as the script's numbers rest on,
 * divided by the weight, with the rates the script says at that moment, to the request.
 */
final class ScenarioBlocks implements BlockSource {
  private static final Duration BLOCK = Duration.ofSeconds(10);
  private static final double BLOCKS_PER_MINUTE = 6;
  private static final double SLOW = 0.05;

  private record Kind(Version version, String what) {}

  private final MetricSource script;
  private final TrafficRouter router;
  private final InstantSource clock;
  private final List<ComparedCounts> counted = new ArrayList<>();
  private final Map<Kind, Double> unspent = new HashMap<>();
  private Instant until;

  ScenarioBlocks(MetricSource script, TrafficRouter router, InstantSource clock) {
    this.script = script;
    this.router = router;
    this.clock = clock;
    until = clock.instant();
  }

  @Override
  public List<ComparedCounts> since(BlockQuery query) {
    var share = router.read(query.release()).weight().share();
    while (!until.plus(BLOCK).isAfter(clock.instant())) {
      counted.add(
          new ComparedCounts(
              until,
              until.plus(BLOCK),
              arm(query, query.candidate(), share),
              arm(query, query.stable(), 1 - share)));
      until = until.plus(BLOCK);
    }
    return counted.stream().filter(block -> !block.start().isBefore(query.from())).toList();
  }

  private ArmCounts arm(BlockQuery query, Version version, double share) {
    var perMinute = read(query, version, Metric.REQUEST_COUNT);
    var slow = read(query, version, Metric.LATENCY_P95) > p95OfStable(query) ? 2 * SLOW : SLOW;
    var expected = perMinute / BLOCKS_PER_MINUTE * share;
    var requests = whole(version, "requests", expected);
    return new ArmCounts(
        requests,
        part(version, Metric.ERROR_RATE.name(), requests, read(query, version, Metric.ERROR_RATE)),
        part(version, Metric.EMPTY_RATE.name(), requests, read(query, version, Metric.EMPTY_RATE)),
        List.of(new Tally(requests, part(version, "slow", requests, slow))),
        List.of());
  }

  private double p95OfStable(BlockQuery query) {
    return read(query, query.stable(), Metric.LATENCY_P95);
  }

  private double read(BlockQuery query, Version version, Metric metric) {
    var value = script.read(new MetricQuery(query.release(), version, metric, BLOCK)).value();
    return Double.isNaN(value) ? 0 : value;
  }

  private long part(Version version, String what, long requests, double rate) {
    return Math.min(requests, whole(version, what, requests * rate));
  }

  /** What has not come to a whole one yet comes with the next block. */
  private long whole(Version version, String what, double expected) {
    var sum = unspent.getOrDefault(new Kind(version, what), 0.0) + expected;
    var whole = (long) Math.floor(sum + 1e-9);
    unspent.put(new Kind(version, what), sum - whole);
    return whole;
  }
}
