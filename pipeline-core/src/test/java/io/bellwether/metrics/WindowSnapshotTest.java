package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.HashMap;
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
}
