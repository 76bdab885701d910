package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.bellwether.release.Version;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WindowSnapshotTest {
  @Test
  void the_sentence_names_the_kinds_by_how_often_they_happened() {
    var kinds = KindCounts.of(new String[] {"other", "timeout", "quota"}, new long[] {0, 2, 8});

    assertThat(snapshot(kinds))
        .hasToString(
            "1000 requests in 598 s: 1% errors (quota 8, timeout 2), 0.5% empty, 0.3% rate"
                + " limited, p50 812 ms, p95 2147 ms, p99 3226 ms, 12 in flight (3 past the"
                + " deadline)");
  }

  @Test
  void kinds_are_copied_and_cannot_be_changed() {
    var mine = new HashMap<>(Map.of("quota", 10L));
    var snapshot = snapshot(mine);
    mine.clear();
    var counts = new long[] {0, 1};
    var own = KindCounts.of(new String[] {"other", "timeout"}, counts);
    counts[1] = 5;

    assertThat(snapshot.errorKinds()).containsOnly(entry("quota", 10L));
    assertThat(own).containsOnly(entry("timeout", 1L));
    assertThatThrownBy(() -> own.put("x", 1L)).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> own.clear()).isInstanceOf(UnsupportedOperationException.class);
    assertThat(KindCounts.of(new String[] {"other"}, new long[] {0})).isEmpty();
  }

  private static WindowSnapshot snapshot(Map<String, Long> kinds) {
    return new WindowSnapshot(
        Duration.ofSeconds(598),
        1000,
        10,
        5,
        3,
        9000,
        812.4,
        2147,
        3226,
        kinds,
        12,
        3,
        Duration.ofSeconds(80),
        0,
        Double.NaN);
  }

  @Test
  void figures_are_the_numbers_of_the_snapshot() {
    var ticker = new ManualTicker();
    var window = OutcomeWindows.create(ticker).of("chat", Version.version("v7"));
    var figures = new WindowFigures();
    assertThat(figures.p95()).isNaN();
    window.read(figures);
    assertThat(figures.errorRate()).isNaN();
    assertThat(figures.requests()).isZero();
    var outcomes =
        List.of(Outcome.success(), Outcome.error(), Outcome.empty(), Outcome.rateLimited());
    for (var i = 0; i < 1_000; i++) {
      window.record(Duration.ofMillis(i), outcomes.get(i % 7 % 4), i);
      ticker.advance(Duration.ofMillis(450));
    }
    window.begin(ticker.nanos());
    window.quality(0.8);
    for (var back : List.of(Duration.ofMinutes(10), Duration.ofMinutes(3))) {
      var snapshot = window.snapshot(back);
      window.read(back, figures);
      assertThat(figures.coveredNanos()).isEqualTo(snapshot.covered().toNanos());
      assertThat(figures.requests()).isEqualTo(snapshot.requests()).isPositive();
      assertThat(figures.errors()).isEqualTo(snapshot.errors()).isPositive();
      assertThat(figures.empties()).isEqualTo(snapshot.empties()).isPositive();
      assertThat(figures.rateLimited()).isEqualTo(snapshot.rateLimited()).isPositive();
      assertThat(figures.tokens()).isEqualTo(snapshot.tokens()).isPositive();
      assertThat(figures.p50()).isEqualTo(snapshot.p50());
      assertThat(figures.p95()).isEqualTo(snapshot.p95());
      assertThat(figures.p99()).isEqualTo(snapshot.p99());
      assertThat(figures.inFlight()).isEqualTo(snapshot.inFlight()).isEqualTo(1);
      assertThat(figures.overdue()).isEqualTo(snapshot.overdue());
      assertThat(figures.oldestInFlightNanos()).isEqualTo(snapshot.oldestInFlight().toNanos());
      assertThat(figures.qualityCount()).isEqualTo(snapshot.qualityCount());
      assertThat(figures.qualityMean()).isEqualTo(snapshot.qualityMean());
      assertThat(figures.errorRate()).isEqualTo(snapshot.errorRate());
      assertThat(figures.successRate()).isEqualTo(snapshot.successRate());
      assertThat(figures.emptyRate()).isEqualTo(snapshot.emptyRate());
      assertThat(figures.rateLimitedRate()).isEqualTo(snapshot.rateLimitedRate());
      assertThat(figures.tokensMean()).isEqualTo(snapshot.tokensMean());
    }
  }
}
