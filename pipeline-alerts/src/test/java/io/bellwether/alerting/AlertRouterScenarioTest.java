package io.bellwether.alerting;

import static io.bellwether.alerting.AlertRouter.sameLabels;
import static io.bellwether.alerting.route.Matcher.severity;
import static io.bellwether.alerting.route.Route.to;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Silence;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is told of what and when, and when nobody is. */
class AlertRouterScenarioTest {
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
  void a_critical_alert_is_told_at_once_and_repeated_every_hour() {
    var router = router(r -> r.critical(pager));
    var alert = Given.critical("down", time.instant());
    router.notify(alert);
    time.advance(Duration.ofHours(2));

    assertThat(times(pager)).containsExactly(0.0, 3_600.0, 7_200.0);
    assertThat(pager.arrivals.get(1).notification().reason()).isEqualTo(Reason.REPEAT);
  }

  @Test
  void a_warning_waits_half_a_minute_for_others_and_is_repeated_every_four_hours() {
    var router = router(r -> r.route(severity(Severity.WARNING), to(channel).groupBy("release")));
    router.notify(Given.warning("slow", time.instant()));
    time.advance(Duration.ofSeconds(20));
    router.notify(Given.warning("tokens", time.instant()));
    time.advance(Duration.ofHours(4).plusMinutes(5));

    assertThat(times(channel)).containsExactly(30.0, 14_430.0);
    assertThat(channel.arrivals.get(0).firing()).containsExactly("slow", "tokens");
  }

  @Test
  void what_is_for_information_is_told_once() {
    var router = router(r -> r);
    router.notify(Given.firing("cache", Severity.INFO, time.instant(), "cache"));
    time.advance(Duration.ofDays(3));

    assertThat(times(channel)).containsExactly(30.0);
  }

  @Test
  void a_critical_alert_does_not_wait_for_its_group() {
    var router = router(r -> r.route(to(channel).groupBy("release")));
    router.notify(Given.warning("slow", time.instant()));
    time.advance(Duration.ofMinutes(1));
    router.notify(Given.critical("down", time.instant()));

    assertThat(times(channel)).containsExactly(30.0, 60.0);
  }

  @Test
  void the_success_rate_that_falls_with_the_errors_does_not_page_a_second_time() {
    var router = router(r -> r.critical(pager));
    UnaryOperator<Alert.Builder> labels =
        alert ->
            alert
                .firing()
                .label("release", "chat")
                .label("version", "v7")
                .label("environment", "production");
    var errors = Alert.of("error_rate_high", Severity.CRITICAL, time.instant(), labels);
    var success = Alert.of("success_rate_low", Severity.CRITICAL, time.instant(), labels);

    router.notifyAll(List.of(success, errors));
    time.advance(Duration.ofMinutes(30));
    assertThat(pager.arrivals).hasSize(1);

    router.notify(errors.resolved(time.instant()));
    time.advance(Duration.ofMinutes(10));
    assertThat(pager.arrivals)
        .extracting(Recorder.Arrival::firing)
        .containsExactlyInAnyOrder(
            List.of("error_rate_high"), List.of(), List.of("success_rate_low"));
  }

  @Test
  void an_inhibition_holds_as_long_as_one_of_several_sources_fires() {
    var router = router(r -> r.inhibit(Severity.CRITICAL, Severity.WARNING, sameLabels("release")));
    var first = Given.critical("one", time.instant());
    var second = Given.critical("two", time.instant());
    router.notifyAll(List.of(first, second, Given.warning("slow", time.instant())));
    router.notify(first.resolved(time.instant()));
    time.advance(Duration.ofMinutes(12));
    assertThat(channel.arrivals).noneMatch(arrival -> arrival.firing().contains("slow"));

    router.notify(second.resolved(time.instant()));
    time.advance(Duration.ofMinutes(6));
    assertThat(channel.arrivals).anyMatch(arrival -> arrival.firing().contains("slow"));
  }

  @Test
  void what_was_announced_before_a_silence_is_closed_during_it() {
    var router = router(r -> r);
    var alert = Given.critical("down", time.instant());
    router.notify(alert);
    router.silence(
        new Silence(
            "night",
            List.of(Matcher.label("alertname", "down")),
            time.instant(),
            time.instant().plus(Duration.ofHours(8)),
            "",
            ""));
    time.advance(Duration.ofHours(2));
    assertThat(channel.arrivals).hasSize(1);

    router.notify(alert.resolved(time.instant()));
    time.advance(Duration.ofMinutes(5));
    assertThat(channel.arrivals).hasSize(2);
    assertThat(channel.arrivals.get(1).resolved()).containsExactly("down");
  }

  @Test
  void a_mute_interval_keeps_quiet_until_it_is_over() {
    var router =
        router(
            r ->
                r.interval("night", "22:00-06:00 UTC")
                    .route(to(channel).when(severity(Severity.WARNING)).muteDuring("night")));
    router.notify(Given.warning("slow", time.instant()));
    time.advance(Duration.ofHours(7));

    assertThat(times(channel)).hasSize(1);
    assertThat(times(channel).get(0)).isBetween(21_600.0, 21_900.0);
  }

  @Test
  void nobody_acknowledges_so_the_next_one_is_told_and_hears_the_end_too() {
    var boss = new Recorder("boss", time);
    var router = router(r -> r.route(to(pager).escalateAfter(Duration.ofMinutes(15), boss)));
    var alert = Given.critical("down", time.instant());
    router.notify(alert);
    time.advance(Duration.ofMinutes(20));
    assertThat(times(boss)).containsExactly(900.0);
    assertThat(boss.arrivals.get(0).notification().reason()).isEqualTo(Reason.ESCALATED);

    router.notify(alert.resolved(time.instant()));
    time.advance(Duration.ofMinutes(6));
    assertThat(boss.arrivals.get(1).resolved()).containsExactly("down");
  }

  @Test
  void an_acknowledged_alert_neither_escalates_nor_repeats() {
    var boss = new Recorder("boss", time);
    var router = router(r -> r.route(to(pager).escalateAfter(Duration.ofMinutes(15), boss)));
    router.notify(Given.critical("down", time.instant()));

    assertThat(router.acknowledge(Matcher.label("alertname", "down"))).isEqualTo(1);
    time.advance(Duration.ofHours(5));

    assertThat(boss.arrivals).isEmpty();
    assertThat(pager.arrivals).hasSize(1);
  }

  @Test
  void an_alert_nobody_tells_again_expires() {
    var router = router(r -> r.resolveAfter(Duration.ofMinutes(10)));
    router.notify(Given.critical("down", time.instant()));
    time.advance(Duration.ofMinutes(9));
    router.notify(Given.critical("down", time.instant()));
    time.advance(Duration.ofMinutes(9));
    assertThat(channel.arrivals).hasSize(1);

    time.advance(Duration.ofMinutes(6));
    assertThat(channel.arrivals.get(1).resolved()).containsExactly("down");
    assertThat(router.size()).isZero();
  }

  @Test
  void the_day_is_summed_up() {
    var router = router(r -> r.dailySummary(LocalTime.of(8, 0), ZoneOffset.UTC));
    router.notify(Given.critical("down", time.instant()));
    time.advance(Duration.ofHours(9));

    var told =
        channel.arrivals.stream()
            .flatMap(arrival -> arrival.notification().alerts().stream())
            .filter(any -> any.alert().name().equals("daily_summary"))
            .findFirst()
            .orElseThrow();
    assertThat(told.alert().summary())
        .startsWith(
            "1 critical, 0 warning and 0 info alerts began, 0 were resolved, 1 still fire;");
  }

  @Test
  void thousands_of_groups_come_and_go() {
    var router = router(r -> r.tree(to(channel).groupBy("...")).stormCap(10_000));
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 3_000; i++) {
      alerts.add(Given.critical("down" + i, time.instant()));
    }
    router.notifyAll(alerts);
    assertThat(router.groups()).hasSize(3_000).doesNotHaveDuplicates();

    time.advance(Duration.ofMinutes(1));
    for (var i = 0; i < 3_000; i += 2) {
      router.notify(alerts.get(i).resolved(time.instant()));
    }
    time.advance(Duration.ofMinutes(30));
    assertThat(router.groups())
        .hasSize(1_500)
        .allMatch(group -> group.alerts().get(0).status() == Alert.Status.FIRING);

    router.notifyAll(alerts);
    assertThat(router.groups()).hasSize(3_000);
  }

  @Test
  void a_clock_that_is_set_back_holds_nothing_up() {
    var router = router(r -> r);
    time.wallJump(Duration.ofHours(-5));
    router.notify(Given.warning("slow", time.instant()));
    time.advance(Duration.ofSeconds(31));

    assertThat(channel.arrivals).hasSize(1);
  }

  @Test
  void silences_that_were_over_long_ago_are_forgotten() {
    try (var router = AlertRouter.create(r -> r.time(time.source()).critical(pager))) {
      for (var hour = 0; hour < 24 * 20; hour++) {
        var now = time.instant();
        router.silence(
            new Silence(
                "s" + hour,
                List.of(Matcher.label("service", "chat")),
                now,
                now.plusSeconds(60),
                "somebody",
                "why"));
        time.advance(Duration.ofHours(1));
      }
      assertThat(router.silences()).hasSizeBetween(24, 24 * 5 + 1);
    }
  }
}
