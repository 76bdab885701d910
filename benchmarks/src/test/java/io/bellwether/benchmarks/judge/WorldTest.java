package io.bellwether.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorldTest {
  private static void assertSame(Arm one, Arm other, int ticks) {
    for (var tick = 0; tick < ticks; tick++) {
      assertThat(one.requests[tick]).isEqualTo(other.requests[tick]);
      assertThat(one.errors[tick]).isEqualTo(other.errors[tick]);
      assertThat(one.empties[tick]).isEqualTo(other.empties[tick]);
    }
    assertThat(one.latencies(0, ticks)).isEqualTo(other.latencies(0, ticks));
  }

  @Test
  void a_run_drawn_again_is_the_same_until_its_weights_differ() {
    for (var row : Rows.named("01,08b,12,13c,17d")) {
      var planned = new Simulator(row, 5).run(3);
      var again = planned.world().get();
      var changed = row.ticks(10 * row.stretch());
      for (var tick = 0; tick < 2 * row.ticks(); tick++) {
        again.next(tick < changed ? row.shareAt(tick) : 0.9);
      }
      assertSame(again.run().candidate(), planned.candidate(), changed);
      assertSame(again.run().stable(), planned.stable(), changed);
      assertSame(again.run().seenStable(), planned.seenStable(), changed);
      assertThat(again.run().history().requests).isEqualTo(planned.history().requests);
      assertThat(again.exposed()).isGreaterThan(planned.fullExposure());
    }
  }

  @Test
  void a_hold_prolongs_its_step_and_is_counted_as_held() {
    var cells = new Benchmark(7, 6, "08a,12", "sequential", 0.01).run().cells();
    var quiet = cells.get(0);
    assertThat(quiet.held()).isEqualTo(6);
    var planned = new Simulator(quiet.row(), 7).run(0).fullExposure();
    assertThat(Cell.median(quiet.exposed())).isBetween(planned / 2.0, planned * 2.0);
    var gone = cells.get(1);
    assertThat(gone.promoted()).isZero();
    assertThat(gone.rollbacks()).as("the hold's limit of 30 minutes is over").isEqualTo(6);
    assertThat(Cell.median(gone.minutes())).isBetween(34.0, 36.0);
  }
}
