package io.bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.testing.VirtualTime;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class HealthRegistryTest {
  private final VirtualTime time = VirtualTime.create();

  @Test
  void all_ok_is_200_with_every_check_in_order() {
    var health =
        inline(
            h ->
                h.check("database", HealthResult::ok)
                    .check("disk", () -> HealthResult.ok("disk: 60% free")));

    var report = health.report();

    assertThat(report.httpStatus()).isEqualTo(200);
    assertThat(report.toJson())
        .isEqualTo(
            "{\"status\":\"OK\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"checks\":{"
                + "\"database\":{\"status\":\"OK\",\"latency_ms\":0},"
                + "\"disk\":{\"status\":\"OK\",\"latency_ms\":0,\"message\":\"disk: 60% free\"}}}");
    assertThat(report.toPlainJson())
        .isEqualTo("{\"status\":\"OK\",\"timestamp\":\"2026-01-01T00:00:00Z\"}");
  }

  @Test
  void one_degraded_check_makes_503() {
    var report =
        inline(
                h ->
                    h.check("ai_api", () -> HealthResult.degraded("answered 503"))
                        .check("disk", HealthResult::ok))
            .report();

    assertThat(report.status()).isEqualTo(HealthStatus.DEGRADED);
    assertThat(report.httpStatus()).isEqualTo(503);
    assertThat(report).hasToString("DEGRADED: ai_api DEGRADED in 0ms: answered 503");
  }

  @Test
  void a_check_that_throws_is_down_and_says_why() {
    var report =
        inline(
                h ->
                    h.check(
                        "database",
                        () -> {
                          throw new IllegalStateException("connection refused");
                        }))
            .report();

    assertThat(report.checks())
        .containsExactly(
            new CheckReport("database", HealthStatus.DOWN, Duration.ZERO, "connection refused"));
  }

  @Test
  void a_hanging_check_is_down_at_its_deadline_and_the_others_are_answered() throws Exception {
    var threads = Executors.newCachedThreadPool();
    var released = new CountDownLatch(1);
    var looks = new AtomicInteger();
    try {
      var health =
          HealthRegistry.create(
              time.source(),
              threads,
              h ->
                  h.check(
                          "ai_api",
                          Duration.ofSeconds(2),
                          () -> {
                            looks.incrementAndGet();
                            released.await();
                            return HealthResult.ok();
                          })
                      .check("disk", HealthResult::ok)
                      .cachedFor(Duration.ZERO));

      var first = health.check().toCompletableFuture();
      time.advance(Duration.ofMillis(1_999));
      assertThat(first).isNotDone();
      time.advance(Duration.ofMillis(1));
      var report = first.get(10, TimeUnit.SECONDS);

      assertThat(report.checks().get(0))
          .isEqualTo(
              new CheckReport(
                  "ai_api", HealthStatus.DOWN, Duration.ofSeconds(2), "no answer within 2s"));
      assertThat(report.checks().get(1).status()).isEqualTo(HealthStatus.OK);

      time.advance(Duration.ofSeconds(8));
      var second = health.check().toCompletableFuture().get(10, TimeUnit.SECONDS);
      assertThat(second.checks().get(0).message())
          .isEqualTo("no answer since 10s, so it was not asked again");
      assertThat(looks).hasValue(1);
    } finally {
      released.countDown();
      threads.shutdownNow();
    }
  }

  @Test
  void a_fault_that_passes_does_not_count() {
    var answers = answers(HealthResult.down("reset"), HealthResult.ok());
    HealthCheck check = answers::remove;
    var health = inline(h -> h.check("ai_api", check.withRetries(2)));

    var report = health.check().toCompletableFuture();
    time.advance(Duration.ofSeconds(1));

    assertThat(report.join().status()).isEqualTo(HealthStatus.OK);
    assertThat(report.join().checks().get(0).latency()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void a_fault_that_stays_counts_after_the_retries() {
    var looks = new AtomicInteger();
    HealthCheck check = () -> HealthResult.down("reset " + looks.incrementAndGet() + " times");
    var health = inline(h -> h.check("ai_api", check.withRetries(2)));

    var report = health.check().toCompletableFuture();
    time.advance(Duration.ofSeconds(1));
    assertThat(report).isNotDone();
    time.advance(Duration.ofSeconds(1));

    assertThat(report.join().checks().get(0).message()).isEqualTo("reset 3 times");
  }

  @Test
  void no_retry_is_begun_that_the_deadline_would_cut_short() {
    HealthCheck check = () -> HealthResult.down("reset");
    var health = inline(h -> h.check("ai_api", Duration.ofMillis(500), check.withRetries(2)));

    assertThat(health.check().toCompletableFuture()).isDone();
  }

  @Test
  void a_report_serves_everybody_while_it_is_young() {
    var looks = new AtomicInteger();
    var health =
        inline(
            h ->
                h.check("disk", () -> HealthResult.ok("look " + looks.incrementAndGet()))
                    .cachedFor(Duration.ofSeconds(5)));

    health.report();
    time.advance(Duration.ofMillis(4_999));
    health.report();
    assertThat(looks).hasValue(1);
    time.advance(Duration.ofMillis(1));
    health.report();
    assertThat(looks).hasValue(2);
    health.checkNow();
    assertThat(looks).hasValue(3);
  }

  @Test
  void whoever_asks_while_checks_run_gets_the_same_report() {
    Queue<Runnable> begun = new ArrayDeque<>();
    var health =
        HealthRegistry.create(
            time.source(),
            begun::add,
            h -> h.check("a", HealthResult::ok).cachedFor(Duration.ZERO));

    var first = health.check().toCompletableFuture();
    var second = health.check().toCompletableFuture();
    assertThat(begun).hasSize(1);
    begun.remove().run();

    assertThat(first.join()).isSameAs(second.join());
  }

  @Test
  void a_caller_cannot_spoil_the_report_of_the_others() {
    Queue<Runnable> begun = new ArrayDeque<>();
    var health =
        HealthRegistry.create(time.source(), begun::add, h -> h.check("a", HealthResult::ok));

    health.check().toCompletableFuture().cancel(true);
    var mine = health.check().toCompletableFuture();
    begun.remove().run();

    assertThat(mine).isCompletedWithValueMatching(report -> report.status() == HealthStatus.OK);
  }

  @Test
  void a_host_that_has_no_thread_left_is_told_so() {
    var health =
        HealthRegistry.create(
            time.source(),
            task -> {
              throw new RejectedExecutionException("full");
            },
            h -> h.check("a", HealthResult::ok));

    assertThat(health.report().checks().get(0).message())
        .isEqualTo("not looked: the host's threads are busy or shut down");
  }

  @Test
  void checks_run_side_by_side() throws Exception {
    var threads = Executors.newFixedThreadPool(2);
    var both = new CountDownLatch(2);
    HealthCheck meets =
        () -> {
          both.countDown();
          return both.await(10, TimeUnit.SECONDS)
              ? HealthResult.ok()
              : HealthResult.down("the other never began");
        };
    try {
      var health =
          HealthRegistry.create(
              time.source(), threads, h -> h.check("left", meets).check("right", meets));
      var report = health.check().toCompletableFuture().get(20, TimeUnit.SECONDS);
      assertThat(report.status()).isEqualTo(HealthStatus.OK);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void everything_that_is_wrong_with_a_registry_is_said_at_once() {
    assertThatThrownBy(
            () ->
                inline(
                    h ->
                        h.check(" ", HealthResult::ok)
                            .check("disk", HealthResult::ok)
                            .check("disk", HealthResult::ok)
                            .deadline(Duration.ZERO)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll("name is blank", "two checks are called 'disk'", "deadline is");
  }

  @Test
  void a_detailed_check_costs_little_beside_its_dependencies() {
    var timer = Executors.newSingleThreadScheduledExecutor();
    try {
      var health =
          HealthRegistry.create(
              TimeSource.system(timer),
              Runnable::run,
              h ->
                  h.check("ai_api", HealthResult::ok)
                      .check("database", HealthResult::ok)
                      .cachedFor(Duration.ZERO));
      health.report().toJson();
      var begun = System.nanoTime();
      var body = health.report().toJson();
      var took = Duration.ofNanos(System.nanoTime() - begun);

      assertThat(body).contains("\"status\":\"OK\"");
      assertThat(took).isLessThan(Duration.ofMillis(50));
    } finally {
      timer.shutdownNow();
    }
  }

  private HealthRegistry inline(UnaryOperator<HealthRegistry.Builder> checks) {
    return HealthRegistry.create(time.source(), Runnable::run, checks);
  }

  private static Queue<HealthResult> answers(HealthResult... results) {
    return new ArrayDeque<>(List.of(results));
  }
}
