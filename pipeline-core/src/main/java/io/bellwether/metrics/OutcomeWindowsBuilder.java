package io.bellwether.metrics;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The settings of {@link OutcomeWindows}. Not thread-safe.
 *
 * <p>With the defaults a window takes up to 256 kB, whatever the rate of requests, and up to as
 * much again where every block is cut as often as it may be.
 */
public final class OutcomeWindowsBuilder {
  private static final int MAX_SLICES = 720;
  private static final int MAX_OPEN_BLOCKS = 240;
  private static final int MAX_BLOCKS = 10_000;
  private static final Duration SHORTEST = Duration.ofMillis(1);
  private static final Duration LONGEST = Duration.ofDays(7);

  private Ticker ticker = Ticker.system();
  private Duration length = Duration.ofMinutes(10);
  private Duration slice = Duration.ofSeconds(10);
  private Duration deadline = Duration.ofSeconds(60);
  private @Nullable Duration block;
  private long tokenCap = Tally.MAX_TOKENS;
  private @Nullable Long origin;
  private @Nullable TokenLimit tokenLimit;
  private int versions = 64;
  private final List<CappedMean> means = new ArrayList<>();

  OutcomeWindowsBuilder() {}

  /** The time the windows run on; the JVM's monotonic clock unless stated. */
  public OutcomeWindowsBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  /** How far back a window reaches; 10 minutes unless stated. A whole number of slices. */
  public OutcomeWindowsBuilder length(Duration length) {
    this.length = length;
    return this;
  }

  /** The step in which a window moves on; 10 seconds unless stated. */
  public OutcomeWindowsBuilder slice(Duration slice) {
    this.slice = slice;
    return this;
  }

  /** How long a request may take before it is a timeout; 60 seconds unless stated. */
  public OutcomeWindowsBuilder deadline(Duration deadline) {
    this.deadline = deadline;
    return this;
  }

  /** The length of the blocks for comparing versions; a slice unless stated. */
  public OutcomeWindowsBuilder block(Duration block) {
    this.block = block;
    return this;
  }

  /**
   * Where a slice and a block begin, so that the windows of several processes are cut alike; when
   * the windows are made unless stated.
   *
   * @param nanos a reading of the ticker
   */
  public OutcomeWindowsBuilder origin(long nanos) {
    this.origin = nanos;
    return this;
  }

  /** How many tokens of one request {@link BlockCounts#cappedTokens} counts at most. */
  public OutcomeWindowsBuilder tokenCap(long tokens) {
    this.tokenCap = tokens;
    return this;
  }

  /**
   * Adds a mean of the answers' values that is compared between versions; none unless stated.
   *
   * @param mean its name and bounds, fixed from now on
   */
  public OutcomeWindowsBuilder mean(CappedMean mean) {
    means.add(mean);
    return this;
  }

  /**
   * What all versions of a release may use together, as providers limit it: {@link
   * Metric#TOKEN_USAGE} is the use of this limit. There is none unless stated.
   *
   * @param tokens positive
   * @param per the time the limit is stated for, at most the length of the window
   */
  public OutcomeWindowsBuilder tokenLimit(long tokens, Duration per) {
    this.tokenLimit = new TokenLimit(tokens, per);
    return this;
  }

  /** How many versions are kept, over all releases; 64 unless stated. */
  public OutcomeWindowsBuilder versions(int versions) {
    this.versions = versions;
    return this;
  }

  /**
   * The windows.
   *
   * @throws io.bellwether.InvalidConfigurationException if they cannot work; lists every problem
   */
  public OutcomeWindows build() {
    var blockLength = block == null ? slice : block;
    var problems = new Problems();
    requireBetween(problems, "slice", slice, SHORTEST, LONGEST);
    requireBetween(problems, "block", blockLength, SHORTEST, LONGEST);
    requireBetween(problems, "deadline", deadline, SHORTEST, LONGEST);
    requireBetween(problems, "length", length, SHORTEST, LONGEST);
    if (problems.list().isEmpty()) { // what does not fit together is told of what is possible
      requireSlices(problems);
      problems.require(
          deadline.dividedBy(blockLength) <= MAX_OPEN_BLOCKS,
          "block "
              + Durations.plain(blockLength)
              + " with deadline "
              + Durations.plain(deadline)
              + ": expected at least a "
              + MAX_OPEN_BLOCKS
              + "th of the deadline");
      problems.require(
          length.dividedBy(blockLength) <= MAX_BLOCKS,
          "block "
              + Durations.plain(blockLength)
              + " with length "
              + Durations.plain(length)
              + ": expected at least a "
              + MAX_BLOCKS
              + "th of the length, as each is kept");
    }
    problems.require(tokenCap > 0, "token cap " + tokenCap + ": expected at least 1");
    problems.require(versions > 0, "versions " + versions + ": expected at least 1");
    requireLimit(problems);
    requireMeans(problems);
    problems.throwIfAny("outcome windows");
    return new OutcomeWindows(settings(blockLength), length, tokenLimit, versions);
  }

  private WindowSettings settings(Duration blockLength) {
    return new WindowSettings(
        ticker,
        origin == null ? ticker.nanos() : origin,
        slice.toNanos(),
        (int) length.dividedBy(slice),
        deadline.toNanos(),
        blockLength.toNanos(),
        (int) length.plus(deadline).dividedBy(blockLength) + 1,
        tokenCap,
        List.copyOf(means));
  }

  private void requireSlices(Problems problems) {
    var slices = length.dividedBy(slice);
    problems.require(
        slices >= 2 && slices <= MAX_SLICES && slice.multipliedBy(slices).equals(length),
        "length "
            + Durations.plain(length)
            + " with slice "
            + Durations.plain(slice)
            + ": expected a whole number of slices from 2 to "
            + MAX_SLICES);
  }

  private void requireMeans(Problems problems) {
    var names = means.stream().map(CappedMean::name).toList();
    problems.require(
        names.stream().distinct().count() == names.size(), "two means of one name: " + names);
  }

  private void requireLimit(Problems problems) {
    if (tokenLimit != null) {
      problems.require(
          tokenLimit.tokens() > 0,
          "token limit " + tokenLimit.tokens() + ": expected at least 1 token");
      var most = length.compareTo(SHORTEST) < 0 ? LONGEST : length;
      requireBetween(problems, "token limit per", tokenLimit.per(), SHORTEST, most);
    }
  }

  private static void requireBetween(
      Problems problems, String what, Duration actual, Duration least, Duration most) {
    problems.require(
        actual.compareTo(least) >= 0 && actual.compareTo(most) <= 0,
        what
            + " "
            + Durations.plain(actual)
            + ": expected from "
            + Durations.plain(least)
            + " to "
            + Durations.plain(most));
  }
}
