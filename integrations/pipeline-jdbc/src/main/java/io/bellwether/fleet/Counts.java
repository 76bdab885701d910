package io.bellwether.fleet;

import io.bellwether.analysis.ArmCounts;
import io.bellwether.analysis.Tally;
import io.bellwether.metrics.BlockCounts;
import io.bellwether.metrics.LatencyHistogram;
import io.bellwether.metrics.MeanCount;
import io.bellwether.metrics.SliceCounts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one version's requests in one slot: of those that started in it, for comparing,
 * and of those that ended in it, for readings. Sums of several are those of all. Immutable.
 */
record Counts(Started started, Ended ended) {
  static final Counts NONE = new Counts(Started.NONE, Ended.NONE);

  /** Requests by when they started, as a {@link BlockCounts} has them. */
  record Started(
      long requests,
      long errors,
      long empties,
      long slow,
      long cappedTokens,
      List<MeanCount> means) {
    static final Started NONE = new Started(0, 0, 0, 0, 0, List.of());

    static Started of(BlockCounts block) {
      return new Started(
          block.requests(),
          block.errors(),
          block.empties(),
          block.slow(),
          block.cappedTokens(),
          block.means());
    }

    Started plus(Started more) {
      return new Started(
          requests + more.requests,
          errors + more.errors,
          empties + more.empties,
          slow + more.slow,
          cappedTokens + more.cappedTokens,
          sum(means, more.means));
    }

    private static List<MeanCount> sum(List<MeanCount> these, List<MeanCount> those) {
      if (these.isEmpty() || those.isEmpty()) {
        return these.isEmpty() ? those : these;
      }
      var sums = new ArrayList<MeanCount>();
      for (var i = 0; i < Math.min(these.size(), those.size()); i++) {
        sums.add(
            new MeanCount(
                these.get(i).values() + those.get(i).values(),
                these.get(i).badness() + those.get(i).badness()));
      }
      return sums;
    }

    /**
     * For a judge.
     *
     * @param looksAtLatency whether slow requests were counted by the cut in force
     */
    ArmCounts arm(long tokenCap, boolean looksAtLatency) {
      var tallies = new ArrayList<Tally>();
      tallies.add(new Tally(requests, Math.min(requests, (double) cappedTokens / tokenCap)));
      means.forEach(mean -> tallies.add(new Tally(mean.values(), mean.badness())));
      var slowOnes = looksAtLatency ? List.of(new Tally(requests, slow)) : List.<Tally>of();
      return new ArmCounts(requests, errors, empties, slowOnes, tallies);
    }
  }

  /** Requests by when they ended, as a {@link SliceCounts} has them. */
  record Ended(
      long requests,
      long errors,
      long empties,
      long rateLimited,
      long tokens,
      long scores,
      double scoreSum,
      LatencyHistogram latencies) {
    static final Ended NONE = new Ended(0, 0, 0, 0, 0, 0, 0, LatencyHistogram.NONE);

    static Ended of(SliceCounts slice) {
      return new Ended(
          slice.requests(),
          slice.errors(),
          slice.empties(),
          slice.rateLimited(),
          slice.tokens(),
          slice.scores(),
          slice.scoreSum(),
          slice.latencies());
    }

    Ended plus(Ended more) {
      return new Ended(
          requests + more.requests,
          errors + more.errors,
          empties + more.empties,
          rateLimited + more.rateLimited,
          tokens + more.tokens,
          scores + more.scores,
          scoreSum + more.scoreSum,
          latencies.plus(more.latencies));
    }
  }

  static Counts of(BlockCounts block) {
    return new Counts(Started.of(block), Ended.NONE);
  }

  static Counts of(SliceCounts slice) {
    return new Counts(Started.NONE, Ended.of(slice));
  }

  Counts plus(Counts more) {
    return new Counts(started.plus(more.started), ended.plus(more.ended));
  }

  Counts withoutStarted() {
    return new Counts(Started.NONE, ended);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(started.requests());
    out.writeLong(started.errors());
    out.writeLong(started.empties());
    out.writeLong(started.slow());
    out.writeLong(started.cappedTokens());
    out.writeShort(started.means().size());
    for (var mean : started.means()) {
      out.writeLong(mean.values());
      out.writeDouble(mean.badness());
    }
    out.writeLong(ended.requests());
    out.writeLong(ended.errors());
    out.writeLong(ended.empties());
    out.writeLong(ended.rateLimited());
    out.writeLong(ended.tokens());
    out.writeLong(ended.scores());
    out.writeDouble(ended.scoreSum());
    var latencies = ended.latencies().toBytes();
    out.writeInt(latencies.length);
    out.write(latencies);
  }

  static Counts read(DataInputStream in) throws IOException {
    var started =
        new Started(
            in.readLong(), in.readLong(), in.readLong(), in.readLong(), in.readLong(), means(in));
    return new Counts(
        started,
        new Ended(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readDouble(),
            LatencyHistogram.parse(in.readNBytes(in.readInt()))));
  }

  private static List<MeanCount> means(DataInputStream in) throws IOException {
    var means = new ArrayList<MeanCount>();
    for (var left = in.readShort(); left > 0; left--) {
      means.add(new MeanCount(in.readLong(), in.readDouble()));
    }
    return List.copyOf(means);
  }
}
