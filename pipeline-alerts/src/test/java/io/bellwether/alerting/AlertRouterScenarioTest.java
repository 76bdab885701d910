package io.bellwether.alerting;

import static io.bellwether.alerting.AlertRouter.sameLabels;
import static io.bellwether.alerting.route.Matcher.severity;
import static io.bellwether.alerting.route.Route.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.PagerDutyReceiver;
import io.bellwether.alerting.receiver.SlackReceiver;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.Silence;
import io.bellwether.alerting.route.TimeSpan;
import io.bellwether.alerting.route.TimeSpan.Days;
import io.bellwether.secret.Secret;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

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
  void a_clock_that_is_set_back_holds_nothing_up() {
    var router = router(r -> r);
    time.wallJump(Duration.ofHours(-5));
    router.notify(Given.warning("slow", time.instant()));
    time.advance(Duration.ofSeconds(31));

    assertThat(channel.arrivals).hasSize(1);
  }

  @Test
  void explain_says_who_would_be_told_and_why_not() {
    var router =
        router(
            r ->
                r.interval("night", "22:00-06:00 UTC")
                    .route(
                        severity(Severity.CRITICAL),
                        to(pager, channel).named("page").muteDuring("night")));

    var explained = router.explain(Given.critical("down", time.instant()));

    assertThat(explained.receivers()).containsExactly("pager", "channel");
    assertThat(explained.toString())
        .contains("page -> pager, channel; by alertname, environment, release")
        .contains("closed now: mute interval 'night'");
    assertThat(pager.arrivals).isEmpty();
  }

  @Test
  void everything_that_is_wrong_is_said_at_once() {
    assertThatThrownBy(
            () ->
                AlertRouter.create(
                    r ->
                        r.receivers(new Recorder("pager", time), pager)
                            .interval("never", "09:00-09:00")
                            .interval("nowhere", "09:00-10:00 Atlantis/City")
                            .interval("torn", "09:00-10:00 Europe/Berlin UTC")
                            .interval("always", "and and")
                            .stormCap(0)
                            .route(
                                Route.toNamed("nobody")
                                    .every(Duration.ZERO)
                                    .groupBy("a", "a")
                                    .named("same"))
                            .route(Route.to(pager).groupBy("...", "b").named("same"))
                            .route(Route.to(pager).muteDuring("unknown"))
                            .interval("night", "22:00-06:00 UTC")
                            .route(Route.to(pager).muteDuring("night").activeDuring("night"))
                            .route(Matcher.matching("service", "("), Route.to(pager))
                            .route(Matcher.matching("zone", "(a+)+b"), Route.to(pager))
                            .inhibit(
                                Inhibition.of(
                                    Matcher.matching("team", "["), Matcher.label("team", "b")))
                            .critical(SlackReceiver.of("slack", Optional.empty()))
                            .warning(PagerDutyReceiver.of("duty", Secret.of("short")))))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(String.join("\n", refused.problems()))
                    .contains("two receivers are named 'pager'")
                    .contains("interval 'never'")
                    .contains("'Atlantis/City' is no time")
                    .contains("interval 'torn'", "two zones, Europe/Berlin and 'UTC'")
                    .contains("interval 'always': 'and and': says no time")
                    .contains("stormCap 0")
                    .contains("unknown receiver 'nobody'")
                    .contains("every (group interval) 0ms")
                    .contains("groupBy names a label twice")
                    .contains("groupBy mixes '...'")
                    .contains("two routes are named 'same'")
                    .contains("unknown interval 'unknown'")
                    .contains("interval 'night' both mutes and activates")
                    .contains("matcher on 'service': invalid regular expression '('")
                    .contains("matcher on 'zone': regular expression '(a+)+b' backtracks")
                    .contains("matcher on 'team': invalid regular expression '['")
                    .contains("Slack receiver 'slack': no address; its secret is missing")
                    .contains("'duty': its routing key does not have 32 characters")
                    .doesNotContain("short"));
  }

  @Test
  void what_is_missing_is_named_with_everything_else() {
    assertThatThrownBy(
            () ->
                AlertRouter.create(
                    r ->
                        r.critical((Receiver) null)
                            .route((Route) null)
                            .route((Matcher) null, Route.to(pager))
                            .receivers((Receiver) null)
                            .tree(null)
                            .inhibit((Inhibition) null)
                            .interval("night", null)
                            .fallbackTo(null)
                            .resolveAfter(null)
                            .startDelay(null)
                            .dailySummary(null, null)
                            .store(null)
                            .listener(null)
                            .time(null)
                            .stormCap(0)))
        .isInstanceOf(InvalidConfigurationException.class)
        .hasMessageContainingAll(
            "a receiver is null",
            "a route is null",
            "a route's matcher is null",
            "the tree is null",
            "an inhibition is null",
            "interval night is null",
            "the fallback is null",
            "resolveAfter is null",
            "startDelay is null",
            "the daily summary's time is null",
            "the daily summary's zone is null",
            "the store is null",
            "the listener is null",
            "the time is null",
            "stormCap 0");
  }

  @Test
  void who_acknowledges_says_what() {
    try (var router = AlertRouter.create(r -> r.time(time.source()).critical(pager))) {
      assertThatThrownBy(router::acknowledge)
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("no matcher: say which alerts");
    }
  }

  @Test
  void a_time_span_contains_some_time() {
    for (var days :
        List.of(
            new Days(31, 1), new Days(0, 5), new Days(1, 32), new Days(-1, 5), new Days(-1, -3))) {
      assertThatThrownBy(() -> spanOn(List.of(days), List.of()))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("days of the month from " + days.first());
    }
    assertThatThrownBy(() -> spanOn(List.of(), List.of(new Days(2030, 2020))))
        .hasMessageContaining("years from 2030 to 2020: the first is after the last");
    assertThat(
            spanOn(List.of(new Days(1, -1)), List.of(new Days(2026, 2026)))
                .contains(Instant.parse("2026-02-28T10:00:00Z")))
        .isTrue();
  }

  private static TimeSpan spanOn(List<Days> days, List<Days> years) {
    return new TimeSpan(List.of(), Set.of(), days, Set.of(), years, ZoneOffset.UTC);
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

  @Test
  void a_silence_and_an_acknowledgement_refuse_an_expression_that_is_no_good() {
    var broken = Matcher.matching("service", "(");
    assertThatThrownBy(
            () ->
                new Silence("", List.of(broken), time.instant(), time.instant(), "somebody", "why"))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused -> assertThat(refused.problems()).hasSizeGreaterThanOrEqualTo(3));
    try (var router = AlertRouter.create(r -> r.time(time.source()).critical(pager))) {
      assertThatThrownBy(() -> router.acknowledge(broken))
          .isInstanceOf(InvalidConfigurationException.class)
          .hasMessageContaining("matcher on 'service'");
    }
  }
}
