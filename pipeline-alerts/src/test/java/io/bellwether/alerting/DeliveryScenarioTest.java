package io.bellwether.alerting;

import static io.bellwether.alerting.route.Matcher.severity;
import static io.bellwether.alerting.route.Route.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of notifications whose receivers refuse, hang or are slow. */
class DeliveryScenarioTest {
  private final VirtualTime time = VirtualTime.create();
  private final Recorder pager = new Recorder("pager", time);
  private final Recorder channel = new Recorder("channel", time);
  private final List<AlertRouter> routers = new ArrayList<>();

  @AfterEach
  void close() {
    routers.forEach(AlertRouter::close);
  }

  private AlertRouter router(UnaryOperator<AlertRouterBuilder> settings) {
    var router =
        AlertRouter.create(r -> settings.apply(r.time(time.source()).jitter(0).otherwise(channel)));
    routers.add(router);
    return router;
  }

  private static List<Double> times(Recorder receiver) {
    return receiver.arrivals.stream().map(arrival -> Recorder.seconds(arrival.at())).toList();
  }

  @Test
  void what_a_receiver_will_not_take_goes_to_the_fallback_and_is_closed_there() {
    pager.answering(n -> Delivery.disabled(Failure.AUTH_ERROR, "403"));
    var log = new Recorder("fallback", time);
    var router = router(r -> r.critical(pager).fallbackTo(log));
    var alert = Given.critical("down", time.instant());
    router.notify(alert);
    router.notify(Given.event("promoted", Severity.CRITICAL, time.instant()));
    time.advance(Duration.ofMinutes(1));
    router.notify(alert.resolved(time.instant()));
    time.advance(Duration.ofMinutes(10));

    var firing = new ArrayList<String>();
    log.arrivals.forEach(arrival -> firing.addAll(arrival.firing()));
    assertThat(firing).containsExactly("down");
    assertThat(log.arrivals).anyMatch(arrival -> arrival.resolved().contains("down"));
    assertThat(log.arrivals).anyMatch(arrival -> arrival.events().contains("promoted"));
    assertThat(log.arrivals.get(0).notification().reason()).isEqualTo(Reason.FALLBACK);
  }

  @Test
  void a_receiver_that_stays_away_for_a_minute_brings_in_the_fallback_for_critical_alerts() {
    pager.downBetween(0, 1e9);
    var standIn = new Recorder("fallback", time);
    var router = router(r -> r.critical(pager).fallbackTo(standIn));
    router.notify(Given.critical("down", time.instant()));
    time.advance(Duration.ofMinutes(4));

    assertThat(times(standIn)).hasSize(1);
    assertThat(times(standIn).get(0)).isBetween(60.0, 150.0);
  }

  @Test
  void what_began_and_ended_while_the_receiver_was_away_is_told_late() {
    channel.downBetween(0, 305);
    var router = router(r -> r);
    var alert = Given.critical("down", time.instant());
    router.notify(alert);
    time.advance(Duration.ofSeconds(200));
    router.notify(alert.resolved(time.instant()));
    time.advance(Duration.ofMinutes(10));

    assertThat(channel.arrivals).hasSize(1);
    assertThat(channel.arrivals.get(0).notification().reason()).isEqualTo(Reason.LATE);
    assertThat(channel.arrivals.get(0).notification().alerts().get(0).late()).isTrue();
  }

  @Test
  void a_receiver_that_hangs_delays_nobody_else() {
    pager.hanging(n -> true);
    var router = router(r -> r.route(to(pager, channel).when(severity(Severity.CRITICAL))));
    router.notify(Given.critical("down", time.instant()));
    assertThat(times(channel)).containsExactly(0.0);
    for (var i = 0; i < 30; i++) {
      router.notify(Given.critical("more" + i, time.instant()));
      time.advance(Duration.ofSeconds(10));
    }
    assertThat(channel.arrivals).hasSize(31);
    assertThat(pager.attempts).hasSizeLessThan(60);
  }

  @Test
  void a_stated_delay_is_kept_by_everything_for_that_receiver() {
    var first = new boolean[] {true};
    channel.answering(
        n -> {
          if (first[0]) {
            first[0] = false;
            return Delivery.retry(Failure.RATE_LIMITED, Duration.ofSeconds(30), "429");
          }
          return Delivery.delivered();
        });
    var router = router(r -> r);
    router.notify(Given.critical("one", time.instant()));
    time.advance(Duration.ofSeconds(1));
    router.notify(Given.critical("two", time.instant()));
    time.advance(Duration.ofMinutes(1));

    assertThat(channel.attempts)
        .extracting(a -> Recorder.seconds(a.at()))
        .containsExactly(0.0, 30.0, 30.0);
  }

  @Test
  void the_token_bucket_spaces_notifications_out() {
    channel.pace(Pace.DEFAULT.every(Duration.ofSeconds(1), 2));
    var router = router(r -> r);
    for (var i = 0; i < 5; i++) {
      router.notify(Given.critical("alert" + i, time.instant()));
    }
    time.advance(Duration.ofSeconds(10));

    assertThat(times(channel)).containsExactly(0.0, 0.0, 1.0, 2.0, 3.0);
  }

  @Test
  void a_full_queue_loses_nothing() {
    channel.pace(Pace.DEFAULT.parallel(1).queue(2)).latency(Duration.ofSeconds(1));
    var router = router(r -> r.stormCap(100));
    for (var i = 0; i < 10; i++) {
      router.notify(Given.critical("alert" + i, time.instant()));
    }
    time.advance(Duration.ofMinutes(5));

    assertThat(channel.arrivals).hasSize(10);
  }
}
