package io.bellwether.fleet;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.BlockQuery;
import io.bellwether.analysis.BlockSource;
import io.bellwether.analysis.ComparedCounts;
import io.bellwether.metrics.LatencyHistogram;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The sums of all replicas as a judge's blocks.
 *
 * <p>Both versions' requests of one replica's block are of the same moment and of one split; so are
 * the sums of such blocks over replicas, wherever each began. A slot in which replicas served
 * different splits is set aside. As in one process, the latency cut is stable's 95th percentile,
 * fixed when there are enough requests, before those it is applied to.
 */
final class FleetEvidence implements BlockSource {
  private static final long ENOUGH_FOR_A_CUT = 100;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final int MOST_SILENT = 100;

  private final EvidenceRows rows;
  private final FleetRouter router;
  private final Gathering gathering;
  private final DatabaseClock clock;
  private final OutcomeWindows windows;

  FleetEvidence(
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
  public List<ComparedCounts> since(BlockQuery query) {
    var split = router.row(query.release());
    if (!split.slow().candidate().equals(query.candidate().id())) {
      fixCut(query);
    }
    var slots =
        rows.sums(query.release(), slotAfter(query.from())).stream()
            .filter(sum -> sum.counts().started().requests() > 0)
            .collect(
                Collectors.groupingBy(EvidenceRows.Sum::slot, TreeMap::new, Collectors.toList()));
    var to = gathering.closedTo(query.release());
    var compared = new ArrayList<ComparedCounts>();
    for (var slot = Math.max(slotAfter(query.from()), to - MOST_SILENT); slot < to; slot++) {
      slots.putIfAbsent(slot, List.of());
    }
    for (var slot : slots.headMap(to).entrySet()) {
      if (isOfOneSplit(slot.getValue(), split)) {
        compared.add(
            new ComparedCounts(
                start(slot.getKey()),
                start(slot.getKey() + 1),
                arm(slot.getValue(), query.candidate(), split, query),
                arm(slot.getValue(), query.stable(), split, query)));
      }
    }
    return compared;
  }

  /** Revisions since the split was changed last differ in nothing but the latency cut. */
  private static boolean isOfOneSplit(List<EvidenceRows.Sum> sums, SplitRow split) {
    var revisions = sums.stream().map(EvidenceRows.Sum::revision).distinct().toList();
    return revisions.size() <= 1 && !revisions.contains(Servings.UNCERTAIN)
        || revisions.stream().allMatch(revision -> revision >= split.since());
  }

  private ArmCounts arm(
      List<EvidenceRows.Sum> sums, Version version, SplitRow split, BlockQuery query) {
    var cut = split.slow();
    Function<EvidenceRows.Sum, ArmCounts> counts =
        sum ->
            sum.counts()
                .started()
                .arm(
                    windows.tokenCap(),
                    cut.nanos() > 0
                        && cut.candidate().equals(query.candidate().id())
                        && sum.revision() >= cut.since());
    return sums.stream()
        .filter(sum -> sum.version().equals(version.id()))
        .map(counts)
        .reduce(ArmCounts::plus)
        .orElse(ArmCounts.NONE);
  }

  @Override
  public List<ArmCounts> history(BlockQuery query) {
    var before = slotAfter(query.from().minusMillis(blockMillis() - 1));
    return rows.sums(query.release(), 0).stream()
        .filter(sum -> sum.version().equals(query.stable().id()) && sum.slot() < before)
        .filter(sum -> sum.counts().started().requests() > 0)
        .collect(Collectors.groupingBy(EvidenceRows.Sum::slot, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .map(
            sums ->
                sums.stream()
                    .map(sum -> sum.counts().started().arm(windows.tokenCap(), false))
                    .reduce(ArmCounts::plus)
                    .orElseThrow())
        .toList();
  }

  private void fixCut(BlockQuery query) {
    var from = slotAfter(clock.instant().minus(windows.length()));
    var latencies =
        LatencyHistogram.sum(
            rows.sums(query.release(), from).stream()
                .filter(sum -> sum.version().equals(query.stable().id()))
                .map(sum -> sum.counts().ended().latencies())
                .toList());
    if (latencies.count() >= ENOUGH_FOR_A_CUT && latencies.quantile(95) > 0) {
      var nanos = (long) (latencies.quantile(95) * NANOS_PER_MILLI);
      router.slow(query.release(), query.candidate().id(), nanos);
    }
  }

  private long slotAfter(Instant instant) {
    return Math.floorDiv(instant.toEpochMilli() + blockMillis() - 1, blockMillis());
  }

  private Instant start(long slot) {
    return Instant.EPOCH.plus(Duration.ofMillis(slot * blockMillis()));
  }

  private long blockMillis() {
    return windows.blockLength().toMillis();
  }
}
