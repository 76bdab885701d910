package io.bellwether.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FastClockTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  @Test
  void a_minute_here_is_a_second_and_a_half_on_the_wall() {
    var clock = new FastClock(40, NOON, 0);
    assertThat(clock.onTheWall(Duration.ofMinutes(1))).isEqualTo(Duration.ofMillis(1500));
    assertThat(clock.here(Duration.ofMillis(1500))).isEqualTo(Duration.ofMinutes(1));
    assertThat(clock.onTheWall(NOON.plusSeconds(60))).isEqualTo(NOON.plusMillis(1500));
    assertThat(clock.minute(NOON.plusSeconds(90))).isEqualTo(1.5);
  }

  @Test
  void ticker_and_wall_clock_run_fast_and_agree() {
    var clock = new FastClock(40, NOON, Ticker.system().nanos() - 1_000_000_000L);
    assertThat(clock.ticker().nanos()).isGreaterThanOrEqualTo(40_000_000_000L);
    assertThat(clock.now()).isAfterOrEqualTo(NOON.plusSeconds(40));
  }

  @Test
  void a_task_is_done_when_its_time_has_come_here() throws InterruptedException {
    var timer = Threads.timer("test");
    try {
      var clock = FastClock.start(100);
      var done = new CountDownLatch(1);
      clock.time(timer).scheduler().schedule(Duration.ofSeconds(30), done::countDown);
      assertThat(done.await(20, TimeUnit.SECONDS)).as("30 s here are 0.3 s").isTrue();
      assertThat(clock.ticker().nanos()).isGreaterThanOrEqualTo(30_000_000_000L);
    } finally {
      timer.shutdownNow();
    }
  }
}
