package io.bellwether.alerting;

import static io.bellwether.alerting.route.Matcher.severity;
import static io.bellwether.alerting.route.Route.to;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Severity;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a router, a silence or an acknowledgement refuses, and what a dry run says. */
class RouterSettingsTest {
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
                    .contains("muted by the unknown interval 'unknown'")
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

  @Test
  void values_of_any_length_are_shown_by_their_beginning() {
    var longest = "x".repeat(50_000);
    var explained =
        router(r -> r)
            .explain(
                Given.critical("down", time.instant()).toBuilder().label("pod", longest).build());

    assertThat(explained.labels()).containsEntry("pod", longest);
    assertThat(explained.toString()).contains("pod=\"xxx").hasSizeLessThan(1_000);
    assertThat(Matcher.matching("pod", "(" + "x".repeat(4_000)).problem().orElseThrow())
        .contains("'(xxx")
        .hasSizeLessThan(400);
  }

  @Test
  void an_unknown_interval_is_told_with_what_it_is_to_do() {
    assertThatThrownBy(() -> router(r -> r.route(to(pager).muteDuring("x").activeDuring("x"))))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .anyMatch(problem -> problem.contains("muted by the unknown interval 'x'"))
                    .anyMatch(problem -> problem.contains("active by the unknown interval 'x'")));
  }
}
