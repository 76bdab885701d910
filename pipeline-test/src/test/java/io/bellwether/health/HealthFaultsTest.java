package io.bellwether.health;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What goes wrong once must not go wrong for ever. */
class HealthFaultsTest {
  private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.create();

  @Test
  void a_check_that_throws_an_error_once_is_asked_again() {
    for (var error :
        List.of(new OutOfMemoryError("heap"), new StackOverflowError(), new Error("odd"))) {
      var looks = new AtomicInteger();
      var health =
          health(
              () -> {
                if (looks.incrementAndGet() == 1) {
                  throw error;
                }
                return HealthResult.ok();
              });

      var first = health.checkNow().toCompletableFuture().join();
      assertThat(first.checks().get(0).status()).isEqualTo(HealthStatus.DOWN);
      assertThat(first.checks().get(0).message()).isIn("heap", "StackOverflowError", "odd");
      assertThat(health.checkNow().toCompletableFuture().join().status())
          .isEqualTo(HealthStatus.OK);
    }
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void a_check_that_answers_null_or_an_empty_result_is_down_and_asked_again() {
    var answer = new AtomicReference<HealthCheck>(() -> null);
    var health = health(() -> answer.get().look());

    assertThat(now(health)).hasToString("DOWN: it DOWN in 0ms: the check answered null");
    answer.set(() -> HealthResult.down(null));
    assertThat(now(health).toJson()).contains("health result: message is null");
    answer.set(() -> new HealthResult(null, "fine"));
    assertThat(now(health).toJson()).contains("health result: status is null");
    answer.set(HealthResult::ok);
    assertThat(now(health).status()).isEqualTo(HealthStatus.OK);
  }

  @Test
  void threads_that_cannot_be_had_once_are_asked_for_again() {
    var tries = new AtomicInteger();
    Executor poor =
        task -> {
          if (tries.incrementAndGet() == 1) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          task.run();
        };
    var health = HealthRegistry.create(time.source(), poor, h -> h.check("it", HealthResult::ok));

    assertThat(now(health).checks().get(0).message())
        .isEqualTo("not looked: the host's threads failed: unable to create native thread");
    assertThat(now(health).status()).isEqualTo(HealthStatus.OK);
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void times_without_an_end_and_nulls_are_refused_all_at_once() {
    assertThatThrownBy(
            () ->
                HealthRegistry.create(
                    time.source(),
                    Runnable::run,
                    h ->
                        h.check("a", null)
                            .check(null, HealthResult::ok)
                            .check("b", FOREVER, HealthResult::ok)
                            .check("c", null, HealthResult::ok)
                            .deadline(FOREVER)
                            .retryAfter(FOREVER)
                            .cachedFor(FOREVER)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "the check 'a' is null",
            "a check's name is null",
            "the deadline of 'b' is",
            "the deadline of 'c' is null",
            "the deadline is",
            "the pause before a retry is",
            "cachedFor is",
            "expected at most 3650d");
    assertThatThrownBy(
            () ->
                HealthMonitor.create(
                    health(HealthResult::ok),
                    time.source(),
                    Runnable::run,
                    m -> m.every(FOREVER).afterFailure(null).notifier(null).listener(null)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "every is", "afterFailure is null", "the notifier is null", "a listener is null");
  }

  @Test
  void the_longest_times_allowed_can_be_waited_for() {
    var longest = Duration.ofDays(3650);
    var looks = new AtomicInteger();
    HealthCheck check =
        () -> {
          looks.incrementAndGet();
          return HealthResult.down("reset");
        };
    var health =
        HealthRegistry.create(
            time.source(),
            Runnable::run,
            h ->
                h.check("it", longest, check.withRetries(1))
                    .retryAfter(longest)
                    .cachedFor(longest));
    assertThat(health.report().status()).isEqualTo(HealthStatus.DOWN);
    assertThat(health.report().status()).isEqualTo(HealthStatus.DOWN);
    assertThat(looks).hasValue(1);

    var alerts = new ArrayList<Alert>();
    try (var monitor =
        HealthMonitor.create(
            health, time.source(), Runnable::run, m -> m.every(longest).notifier(alerts::add))) {
      monitor.start();
      time.advance(Duration.ofMinutes(1));
      assertThat(alerts).hasSize(1);
      assertThat(looks).hasValue(4);
    }
  }

  @Test
  void a_probe_nobody_could_be_told_of_is_told_by_the_next_one() {
    var alerts = new ArrayList<Alert>();
    var full = new AtomicInteger(1);
    Executor busy =
        task -> {
          if (full.getAndDecrement() > 0) {
            throw new RejectedExecutionException("full");
          }
          task.run();
        };
    var health = health(() -> HealthResult.down("reset"));
    try (var monitor =
        HealthMonitor.create(health, time.source(), busy, m -> m.notifier(alerts::add))) {
      monitor.start();
      time.advance(Duration.ofSeconds(29));
      assertThat(alerts).isEmpty();
      time.advance(Duration.ofSeconds(2));
      assertThat(alerts).hasSize(1);
    }
  }

  @Test
  void an_error_of_a_notifier_or_a_listener_keeps_nobody_else_from_being_told() {
    var told = new ArrayList<HealthReport>();
    var health = health(() -> HealthResult.down("reset"));
    try (var monitor =
        HealthMonitor.create(
            health,
            time.source(),
            Runnable::run,
            m ->
                m.notifier(alert -> fail())
                    .listener(
                        new HealthListener() {
                          @Override
                          public void on(HealthReport report) {
                            fail();
                          }
                        })
                    .listener(
                        new HealthListener() {
                          @Override
                          public void on(HealthReport report) {
                            told.add(report);
                          }
                        }))) {
      monitor.start();
      time.advance(Duration.ofSeconds(31));
      assertThat(told).hasSize(2);
    }
  }

  @Test
  void an_endpoint_whose_answer_never_ends_is_ok_and_costs_little() throws Exception {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var letGo = CompletableFuture.supplyAsync(() -> answerWithoutEnd(server));
      var uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/health");
      var check = HealthChecks.http(HttpClient.newHttpClient(), uri).within(Duration.ofSeconds(20));

      assertThat(check.look()).isEqualTo(HealthResult.ok());
      assertThat(letGo.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_look_that_hangs_takes_no_longer_than_it_may() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var uri = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/health");
      var check = HealthChecks.http(HttpClient.newHttpClient(), uri);
      assertThat(check.within(Duration.ofMillis(100)).look().status()).isEqualTo(HealthStatus.DOWN);
      assertThatThrownBy(() -> check.within(FOREVER)).hasMessageContaining("within is");
    }
  }

  private HealthRegistry health(HealthCheck check) {
    return HealthRegistry.create(time.source(), Runnable::run, h -> h.check("it", check));
  }

  private static HealthReport now(HealthRegistry health) {
    return health.checkNow().toCompletableFuture().join();
  }

  private static void fail() {
    throw new AssertionError("as told");
  }

  /** Whether the client let go before 400 MB had been sent. */
  private static boolean answerWithoutEnd(ServerSocket server) {
    try (var socket = server.accept()) {
      var asked = socket.getInputStream().read(new byte[4096]);
      var out = socket.getOutputStream();
      out.write("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".getBytes(US_ASCII));
      for (var block = 0; block < 100_000; block++) {
        out.write(new byte[4096]);
      }
      return asked < 0;
    } catch (IOException e) {
      return true;
    }
  }
}
