package io.bellwether.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Blocks of 10 seconds with a deadline of 60. */
class OutcomeBlocksTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Version STABLE = new Version("v1");
  private static final Version CANDIDATE = new Version("v2");

  private long now = Long.MAX_VALUE - 100_000_000_000L;
  private final OutcomeWindows windows = OutcomeWindows.create(() -> now);
  private final OutcomeBlocks blocks = OutcomeBlocks.of(windows, () -> START);

  private void seconds(long seconds) {
    now += seconds * 1_000_000_000L;
  }

  private void requests(Version version, int count, Outcome outcome, long millis) {
    for (var i = 0; i < count; i++) {
      var window = windows.of("chat", version);
      window.begin(now);
      window.end(now, now + millis * 1_000_000, outcome, 5);
    }
  }

  private List<ComparedCounts> since(long second) {
    return blocks.since(
        new BlockQuery("chat", CANDIDATE, STABLE, START.plusSeconds(second), false));
  }

  @Test
  void both_versions_stand_side_by_side_and_silence_is_told() {
    requests(STABLE, 9, Outcome.success(), 1);
    requests(CANDIDATE, 1, Outcome.error("broken"), 1);
    seconds(20);
    requests(STABLE, 5, Outcome.success(), 1);
    seconds(15);

    var counts = since(0);

    assertThat(counts)
        .extracting(ComparedCounts::start)
        .containsExactly(START, START.plusSeconds(10), START.plusSeconds(20));
    assertThat(counts.get(0).stable().requests()).isEqualTo(9);
    assertThat(counts.get(0).candidate().errors()).isEqualTo(1);
    assertThat(counts.get(1).stable().isEmpty()).isTrue();
    assertThat(counts.get(2).candidate().isEmpty()).isTrue();
    assertThat(since(15)).isEqualTo(counts.subList(2, 3));
  }

  @Test
  void a_block_waits_for_the_slowest_request_of_either_version_up_to_the_deadline() {
    requests(STABLE, 9, Outcome.success(), 1);
    windows.of("chat", CANDIDATE).begin(now);
    seconds(30);
    assertThat(since(0)).isEmpty();

    seconds(40);
    assertThat(since(0).get(0).candidate()).isEqualTo(arm(1, 1));
  }

  private static ArmCounts arm(long requests, long errors) {
    return new ArmCounts(requests, errors, 0, List.of(), List.of(new Tally(requests, 0)));
  }

  @Test
  void a_change_of_weight_cuts_a_block_in_both_versions() {
    requests(STABLE, 1, Outcome.success(), 1);
    requests(CANDIDATE, 1, Outcome.success(), 1);
    seconds(4);
    windows.cutBlocks("chat", now);
    requests(STABLE, 2, Outcome.success(), 1);
    requests(CANDIDATE, 2, Outcome.success(), 1);
    seconds(10);

    assertThat(since(0))
        .extracting(ComparedCounts::start, ComparedCounts::end)
        .containsExactly(
            tuple(START, START.plusSeconds(4)), tuple(START.plusSeconds(4), START.plusSeconds(10)));
  }

  @Test
  void latencies_are_looked_at_only_from_the_cut_on() {
    requests(STABLE, 95, Outcome.success(), 100);
    requests(STABLE, 105, Outcome.success(), 400);
    seconds(12);
    assertThat(since(0).get(0).stable().slow()).isEmpty();

    seconds(8);
    requests(STABLE, 20, Outcome.success(), 100);
    requests(CANDIDATE, 2, Outcome.success(), 900);
    seconds(12);

    var judged = since(20).get(0);
    assertThat(judged.candidate().slow()).containsExactly(new Tally(2, 2));
    assertThat(judged.stable().slow()).containsExactly(new Tally(20, 0));
  }

  @Test
  void history_is_stable_before_and_without_latencies() {
    requests(STABLE, 50, Outcome.error("broken"), 1);
    seconds(10);
    requests(STABLE, 5, Outcome.success(), 1);
    seconds(Duration.ofMinutes(1).toSeconds());

    var query = new BlockQuery("chat", CANDIDATE, STABLE, START.plusSeconds(10), true);

    assertThat(blocks.history(query)).hasSize(1);
    assertThat(blocks.history(query).get(0).errors()).isEqualTo(50);
    assertThat(blocks.history(query).get(0).slow()).isEmpty();
  }

  /** Errors after 50 ms, successes after 30 s: counted when they end, every step would look bad. */
  @Test
  void quick_failures_are_never_weighed_against_slow_successes_of_another_moment() {
    var perSecond = new int[150];
    for (var second = 0; second < perSecond.length; second++) {
      perSecond[second] = second < 60 ? 25 : 100;
      if (second == 60) {
        windows.cutBlocks("chat", now);
      }
      start(CANDIDATE, perSecond[second]);
      start(STABLE, 100);
      if (second == 5 || second == 65) {
        assertThat(windows.of("chat", CANDIDATE).snapshot().errorRate()).isGreaterThan(0.16);
      }
      if (second >= 30) {
        succeed(CANDIDATE, perSecond[second - 30]);
        succeed(STABLE, 100);
      }
      seconds(1);
    }

    var counts = since(0);

    assertThat(counts).hasSizeGreaterThan(10);
    for (var block : counts) {
      assertThat(block.candidate().errors() * 25).isEqualTo(block.candidate().requests() * 2);
      assertThat(block.stable().errors() * 25).isEqualTo(block.stable().requests() * 2);
    }
    assertThat(counts.get(0).candidate().requests()).isEqualTo(250);
  }

  private void start(Version version, int requests) {
    var window = windows.of("chat", version);
    for (var i = 0; i < requests; i++) {
      window.begin(now);
      if (i % 25 < 2) {
        window.end(now, now + 50_000_000, Outcome.error("broken"), 0);
      }
    }
  }

  /** Those that began half a minute ago and have not failed. */
  private void succeed(Version version, int requests) {
    var window = windows.of("chat", version);
    for (var i = 0; i < requests / 25 * 23; i++) {
      window.end(now - 30_000_000_000L, now, Outcome.success(), 0);
    }
  }

  @Test
  void no_latency_is_looked_at_before_there_is_a_cut_whatever_the_ticker_reads() {
    for (var at : new long[] {-100_000_000_000_000L, -1, 0, Long.MAX_VALUE - 1_000_000_000L}) {
      now = at;
      var others = OutcomeWindows.create(() -> now);
      var source = OutcomeBlocks.of(others, () -> START);
      for (var version : List.of(STABLE, CANDIDATE)) {
        others.of("chat", version).begin(now);
        others.of("chat", version).end(now, now + 1, Outcome.success(), 0);
      }
      seconds(15);

      var counts = source.since(new BlockQuery("chat", CANDIDATE, STABLE, START, false));

      assertThat(counts.get(0).stable().slow()).as("ticker at %d", at).isEmpty();
    }
  }

  @Test
  void a_cut_stays_when_the_windows_were_let_go() {
    var few = OutcomeWindows.create(w -> w.ticker(() -> now).versions(2));
    var source = OutcomeBlocks.of(few, () -> START);
    var query = new BlockQuery("chat", CANDIDATE, STABLE, START, false);
    for (var round = 0; round < 2; round++) {
      for (var i = 0; i < 200; i++) {
        end(few, STABLE, 100);
        end(few, CANDIDATE, 100);
      }
      seconds(12);
      source.since(query);
      if (round == 0) {
        seconds(1_788);
        few.of("other", STABLE);
        few.of("other", CANDIDATE);
        assertThat(few.find("chat", STABLE)).isEmpty();
      }
    }
    seconds(8);
    end(few, STABLE, 100);
    end(few, CANDIDATE, 3_000);
    seconds(20);

    assertThat(source.since(query))
        .flatExtracting(counts -> counts.candidate().slow())
        .contains(new Tally(1, 1));
  }

  private void end(OutcomeWindows all, Version version, long millis) {
    var window = all.of("chat", version);
    window.begin(now);
    window.end(now, now + millis * 1_000_000, Outcome.success(), 0);
  }
}
