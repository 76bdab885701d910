package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.Silence;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Receivers that break every rule, and values at the end of their range. */
class BadReceiverTest {
  private static final Duration FOR_EVER = ChronoUnit.FOREVER.getDuration();

  private final VirtualTime time = VirtualTime.create();
  private final Recorder good = new Recorder("good", time);

  @Test
  void whatever_a_receivers_code_does_it_is_tried_again_and_the_fallback_is_told() {
    List<Function<Notification, CompletionStage<Delivery>>> codes =
        List.of(
            n -> null,
            n -> CompletableFuture.completedFuture(null),
            n -> {
              throw new NoClassDefFoundError("hooks/hidden");
            },
            n -> CompletableFuture.completedFuture(Delivery.retry(Failure.OTHER, FOR_EVER, "")));
    for (var code : codes) {
      var calls = new ArrayList<Notification>();
      var fallback = new Recorder("fallback", time);
      var bad =
          LambdaReceiver.of(
              "bad",
              notification -> {
                calls.add(notification);
                return code.apply(notification);
              });
      try (var router =
          AlertRouter.create(r -> r.time(time.source()).critical(bad).fallbackTo(fallback))) {
        router.notify(Given.critical("down", time.instant()));
        time.advance(Duration.ofMinutes(10));
      }
      var forEver = codes.indexOf(code) == codes.size() - 1;
      assertThat(calls).as("code %d", codes.indexOf(code)).hasSizeGreaterThan(forEver ? 0 : 2);
      assertThat(fallback.arrivals).hasSize(forEver ? 0 : 1);
    }
  }

  @Test
  void durations_that_mean_for_ever_are_taken_everywhere() {
    var at = time.instant();
    try (var router =
        AlertRouter.create(
            r ->
                r.time(time.source())
                    .resolveAfter(FOR_EVER)
                    .route(
                        Matcher.label("alertname", "waits"),
                        Route.to(good).waiting(FOR_EVER).every(FOR_EVER).repeatEvery(FOR_EVER))
                    .critical(
                        new Recorder("slow", time).pace(Pace.DEFAULT.every(FOR_EVER, 3)), good))) {
      router.notify(Given.critical("waits", at));
      router.notify(Given.critical("told", at));
      router.notify(
          Alert.of("lasts", Severity.CRITICAL, at, a -> a.firing().expiresAfter(FOR_EVER)));
      time.advance(Duration.ofMinutes(1));
      assertThat(router.size()).isEqualTo(3);
    }
    assertThat(good.arrivals).hasSize(2);
    AlertRouter.create(r -> r.time(time.source()).startDelay(FOR_EVER).critical(good)).close();
  }

  @Test
  void a_long_queue_that_is_answered_at_once_needs_no_deep_stack() {
    var depth = new int[1];
    var paused = new boolean[1];
    var receiver =
        LambdaReceiver.of(
            "quick",
            notification -> {
              depth[0] = Math.max(depth[0], Thread.currentThread().getStackTrace().length);
              var first = !paused[0];
              paused[0] = true;
              return CompletableFuture.completedFuture(
                  first
                      ? Delivery.retry(Failure.RATE_LIMITED, Duration.ofSeconds(1), "429")
                      : Delivery.delivered());
            });
    try (var router =
        AlertRouter.create(r -> r.time(time.source()).stormCap(2_000).critical(receiver))) {
      for (var i = 0; i < 1_000; i++) {
        router.notify(Given.critical("alert" + i, time.instant()));
      }
      time.advance(Duration.ofMinutes(1));
      assertThat(router.waiting()).containsEntry("quick", 0);
    }
    assertThat(depth[0]).isLessThan(300);
  }

  @Test
  void texts_that_are_null_are_refused_before_anybody_remembers_them() {
    assertThatThrownBy(() -> Alert.of("e", Severity.CRITICAL, time.instant(), a -> a.summary(null)))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("alert 'e': its summary is null");
    assertThatThrownBy(
            () ->
                new Silence(
                    "s",
                    List.of(Matcher.label("a", "b")),
                    time.instant(),
                    time.instant().plusSeconds(1),
                    "me",
                    null))
        .hasMessageContaining("comment is null");
  }

  @Test
  void a_linear_expression_reads_a_value_of_any_length() {
    var matcher = Matcher.matching("log", ".*err.*");
    assertThat(matcher.accepts("x".repeat(120_000) + "err")).isTrue();
    assertThat(matcher.accepts("x".repeat(120_000))).isFalse();
  }

  @Test
  void a_fallback_hears_of_one_end_however_long_the_other_stays_away() {
    var away =
        List.of(
            Delivery.permanent(Failure.CLIENT_ERROR, "400"),
            Delivery.disabled(Failure.AUTH_ERROR, "401"),
            Delivery.retry(Failure.CONNECTION, "refused"));
    for (var answer : away) {
      var bad = new Recorder("bad", time).answering(n -> answer);
      var fallback = new Recorder("fallback", time);
      try (var router =
          AlertRouter.create(r -> r.time(time.source()).critical(bad).fallbackTo(fallback))) {
        for (var times = 1; times <= 2; times++) {
          var alert = Given.critical("down", time.instant());
          router.notify(alert);
          time.advance(Duration.ofMinutes(20));
          router.notify(alert.resolved(time.instant()));
          time.advance(Duration.ofHours(2));
          var ends = fallback.arrivals.stream().filter(a -> !a.resolved().isEmpty());
          assertThat(ends).as("%s", answer).hasSize(times);
        }
        time.advance(Duration.ofHours(26));
        assertThat(router.size()).isZero();
      }
      assertThat(fallback.arrivals).as("%s", answer).hasSize(4);
    }
  }

  @Test
  void an_end_that_is_refused_is_told_to_the_fallback() {
    var bad =
        new Recorder("bad", time)
            .answering(
                n ->
                    n.resolved()
                        ? Delivery.permanent(Failure.CLIENT_ERROR, "400")
                        : Delivery.delivered());
    var fallback = new Recorder("fallback", time);
    try (var router =
        AlertRouter.create(r -> r.time(time.source()).critical(bad).fallbackTo(fallback))) {
      var alert = Given.critical("down", time.instant());
      router.notify(alert);
      time.advance(Duration.ofMinutes(20));
      router.notify(alert.resolved(time.instant()));
      time.advance(Duration.ofHours(26));
      assertThat(router.size()).isZero();
    }
    assertThat(fallback.arrivals)
        .extracting(Recorder.Arrival::resolved)
        .containsExactly(List.of("down"));
  }
}
