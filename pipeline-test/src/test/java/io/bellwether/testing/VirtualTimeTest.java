package io.bellwether.testing;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.bellwether.time.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualTime time = VirtualTime.create();
  private final List<String> log = new ArrayList<>();

  @Test
  void nothing_runs_until_time_is_moved() {
    after(ZERO, "now");

    assertThat(log).isEmpty();
    assertThat(time.advance(ZERO)).isEqualTo(1);
    assertThat(log).containsExactly("now at 00:00:00");
  }

  @Test
  void tasks_run_when_due_and_in_the_order_of_submission_where_that_is_equal() {
    after(ofSeconds(20), "c");
    after(ofSeconds(10), "a");
    after(ofSeconds(10), "b");
    after(ofSeconds(31), "late");

    time.advance(ofSeconds(30));

    assertThat(log).containsExactly("a at 00:00:10", "b at 00:00:10", "c at 00:00:20");
    assertThat(time.instant()).isEqualTo("2026-01-01T00:00:30Z");
    assertThat(time.next()).contains(ofSeconds(1));
  }

  @Test
  void a_task_is_due_at_exactly_its_instant() {
    after(ofSeconds(10), "a");

    time.advance(ofSeconds(10).minusNanos(1));
    assertThat(log).isEmpty();

    time.advance(Duration.ofNanos(1));
    assertThat(log).containsExactly("a at 00:00:10");
  }

  @Test
  void what_a_task_schedules_runs_in_the_same_step_if_it_falls_due() {
    every(ofMinutes(1), "tick");

    time.advance(ofMinutes(3));

    assertThat(log).containsExactly("tick at 00:01:00", "tick at 00:02:00", "tick at 00:03:00");
    assertThat(time.pending()).isEqualTo(1);
  }

  @Test
  void empty_time_costs_nothing() {
    after(ofDays(365), "a year later");

    assertThat(time.runNext()).isTrue();
    assertThat(time.runNext()).isFalse();
    assertThat(time.instant()).isEqualTo("2027-01-01T00:00:00Z");
    assertThat(log).hasSize(1);
  }

  @Test
  void a_cancelled_task_does_not_run() {
    var task = time.schedule(ofSeconds(1), () -> log.add("never"));
    after(ofSeconds(1), "kept");

    task.cancel();
    task.cancel();
    time.advance(ofSeconds(1));

    assertThat(log).containsExactly("kept at 00:00:01");
  }

  @Test
  void a_task_can_cancel_one_that_is_due_at_the_same_instant() {
    var victim = new ArrayList<Scheduler.Cancellable>();
    time.schedule(ofSeconds(2), () -> victim.get(0).cancel());
    victim.add(time.schedule(ofSeconds(2), () -> log.add("never")));

    time.advance(ofSeconds(5));

    assertThat(log).isEmpty();
  }

  @Test
  void a_negative_delay_means_as_soon_as_possible_but_not_before_now() {
    time.advance(ofSeconds(5));
    after(ofSeconds(-3), "a");
    after(ZERO, "b");

    time.runUntilIdle(2);

    assertThat(log).containsExactly("a at 00:00:05", "b at 00:00:05");
  }

  @Test
  void a_task_that_throws_does_not_keep_the_others_from_running() {
    var first = new IllegalStateException("first");
    var second = new AssertionError("second");
    time.schedule(ofSeconds(1), () -> throwing(first));
    after(ofSeconds(2), "survivor");
    time.schedule(ofSeconds(3), () -> throwing(second));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> time.advance(ofSeconds(10)))
        .withMessage("2 of 3 tasks threw, first java.lang.IllegalStateException: first")
        .withCause(first)
        .satisfies(error -> assertThat(error.getSuppressed()).containsExactly(second));
    assertThat(log).containsExactly("survivor at 00:00:02");
    assertThat(time.instant()).isEqualTo("2026-01-01T00:00:10Z");
  }

  @Test
  void running_until_idle_stops_when_nothing_is_left() {
    after(ofHours(1), "a");
    time.schedule(ofHours(2), () -> after(ofHours(1), "b"));

    assertThat(time.runUntilIdle(10)).isEqualTo(3);
    assertThat(log).containsExactly("a at 01:00:00", "b at 03:00:00");
  }

  @Test
  void running_until_idle_gives_up_on_a_periodic_task() {
    every(ofSeconds(30), "check");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> time.runUntilIdle(5))
        .withMessage("not idle after 5 tasks: 1 pending, next in 30s");
    assertThat(log).hasSize(5);
  }

  @Test
  void a_task_that_schedules_itself_without_delay_is_reported_rather_than_followed_for_ever() {
    every(ZERO, "spin");

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> time.advance(ofSeconds(1)))
        .withMessageContaining("100000 tasks ran at 2026-01-01T00:00:00Z")
        .withMessageContaining("schedules itself without delay");
  }

  @Test
  void a_task_cannot_move_the_time_it_runs_in() {
    time.schedule(ZERO, () -> time.advance(ofSeconds(1)));

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(time::runNext)
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("a task cannot move the time it runs in");
  }

  @Test
  void time_never_goes_back() {
    assertThatIllegalArgumentException().isThrownBy(() -> time.advance(ofSeconds(-1)));
  }

  @Test
  void a_wall_jump_moves_no_timer() {
    after(ofMinutes(10), "timer");

    time.wallJump(ofHours(5));
    time.advance(ofMinutes(9));
    assertThat(log).isEmpty();

    time.advance(ofMinutes(1));
    assertThat(log).containsExactly("timer at 05:10:00");
  }

  @Test
  void the_three_kinds_of_time_agree() {
    var source = time.source();
    source.scheduler().schedule(ofSeconds(7), () -> log.add("ran"));

    time.advance(ofSeconds(7));

    assertThat(log).containsExactly("ran");
    assertThat(source.wall().instant()).isEqualTo(time.instant());
    assertThat(source.ticker().nanos()).isEqualTo(time.nanos()).isEqualTo(7_000_000_000L);
  }

  @Test
  void a_world_can_begin_at_any_instant_and_survives_a_ticker_that_overflows() {
    var late = VirtualTime.on(MutableClock.at(Instant.EPOCH, Long.MAX_VALUE - 1));
    late.schedule(ofSeconds(2), () -> log.add("second"));
    late.schedule(Duration.ofNanos(1), () -> log.add("first"));

    late.advance(ofSeconds(2));

    assertThat(log).containsExactly("first", "second");
    assertThat(late.instant()).isEqualTo(Instant.EPOCH.plusSeconds(2));
  }

  @Test
  void every_random_schedule_runs_in_order_and_at_its_own_instant() {
    Cases.forAll(
        "tasks run in order, each at its instant",
        300,
        gen -> {
          var world = VirtualTime.create();
          var ran = new ArrayList<long[]>();
          var count = gen.between(1, 40);
          for (var i = 0; i < count; i++) {
            long order = i;
            var delay = gen.between(ZERO, ofSeconds(3));
            world.schedule(
                delay, () -> ran.add(new long[] {delay.toNanos(), order, world.nanos()}));
          }
          while (world.pending() > 0) {
            world.advance(gen.between(ZERO, ofSeconds(1)));
          }
          assertThat(ran).hasSize(count).allMatch(task -> task[0] == task[2]);
          assertThat(ran)
              .isSortedAccordingTo(
                  (a, b) -> a[0] == b[0] ? Long.compare(a[1], b[1]) : Long.compare(a[0], b[0]));
        });
  }

  @Test
  void tasks_scheduled_by_other_threads_are_not_lost() throws InterruptedException {
    var threads = new ArrayList<Thread>();
    var ran = new AtomicInteger();
    for (var t = 0; t < 4; t++) {
      var thread =
          new Thread(
              () -> {
                for (var i = 0; i < 500; i++) {
                  time.schedule(Duration.ofMillis(i), ran::incrementAndGet);
                }
              });
      thread.start();
      threads.add(thread);
    }
    while (threads.stream().anyMatch(Thread::isAlive)) {
      time.advance(Duration.ofMillis(1));
    }
    for (var thread : threads) {
      thread.join();
    }
    time.runUntilIdle(2_000);

    assertThat(ran).hasValue(2_000);
  }

  private void after(Duration delay, String name) {
    time.schedule(
        delay, () -> log.add(name + " at " + time.instant().toString().substring(11, 19)));
  }

  private void every(Duration period, String name) {
    time.schedule(
        period,
        () -> {
          log.add(name + " at " + time.instant().toString().substring(11, 19));
          every(period, name);
        });
  }

  private static void throwing(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) failure;
  }
}
