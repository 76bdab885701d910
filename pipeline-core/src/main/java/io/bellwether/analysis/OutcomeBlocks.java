package io.bellwether.analysis;

import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The blocks of this process's outcome windows.
 *
 * <p>The latency cut is stable's 95th percentile, taken at the first question of a rollout for
 * which there are enough requests and kept until another candidate comes; requests that started
 * before are not looked at for their latency. After a restart it is taken anew from what has been
 * seen by then, never from the requests it is applied to. It stays when a version's window was let
 * go.
 *
 * <p>Thread-safe.
 */
public final class OutcomeBlocks implements BlockSource {
  private static final long ENOUGH_FOR_A_CUT = 100;
  private static final double NANOS_PER_MILLI = 1e6;

  private final OutcomeWindows windows;
  private final Instant wallAtStart;
  private final long ticksAtStart;
  private final ConcurrentMap<String, Cut> cuts = new ConcurrentHashMap<>();

  /** From when on which candidate's requests are compared with a latency cut. */
  private record Cut(Version candidate, long since) {}

  private OutcomeBlocks(OutcomeWindows windows, InstantSource wall) {
    this.windows = windows;
    wallAtStart = wall.instant();
    ticksAtStart = windows.ticker().nanos();
  }

  /**
   * The blocks of these windows.
   *
   * @param wall tells once what time it is; from then on the windows' ticker does
   */
  public static OutcomeBlocks of(OutcomeWindows windows, InstantSource wall) {
    return new OutcomeBlocks(windows, wall);
  }

  @Override
  public List<ComparedCounts> since(BlockQuery query) {
    var candidate = windows.of(query.release(), query.candidate());
    var stable = windows.of(query.release(), query.stable());
    var cutSince = cutSince(query, stable);
    var from = Math.max(ticks(query.from()), ticksAtStart);
    var until = Math.min(candidate.sealedUpTo() - from, stable.sealedUpTo() - from) + from;
    return new OutcomePairs(
            from, until, cutSince, windows.blockLength().toNanos(), windows.tokenCap())
        .of(candidate.blocksSince(0), stable.blocksSince(0)).stream()
            .map(
                pair ->
                    new ComparedCounts(
                        instant(pair.start()),
                        instant(pair.end()),
                        pair.candidate(),
                        pair.stable()))
            .toList();
  }

  @Override
  public List<ArmCounts> history(BlockQuery query) {
    var until = ticks(query.from());
    return windows
        .find(query.release(), query.stable())
        .map(window -> window.blocksSince(0))
        .orElse(List.of())
        .stream()
        .filter(block -> block.end() - until <= 0)
        .map(block -> ArmCounts.of(block, windows.tokenCap()).withoutLatency())
        .toList();
  }

  private OptionalLong cutSince(BlockQuery query, OutcomeWindow stable) {
    var known = cuts.get(query.release());
    if (known != null && known.candidate().equals(query.candidate())) {
      return OptionalLong.of(known.since());
    }
    var seen = stable.snapshot();
    if (seen.requests() < ENOUGH_FOR_A_CUT || !(seen.p95() > 0)) {
      return OptionalLong.empty();
    }
    windows.latencyCut(query.release(), Duration.ofNanos((long) (seen.p95() * NANOS_PER_MILLI)));
    var since = windows.ticker().nanos();
    cuts.put(query.release(), new Cut(query.candidate(), since));
    return OptionalLong.of(since);
  }

  private long ticks(Instant instant) {
    return ticksAtStart + Duration.between(wallAtStart, instant).toNanos();
  }

  private Instant instant(long ticks) {
    return wallAtStart.plusNanos(ticks - ticksAtStart);
  }
}
