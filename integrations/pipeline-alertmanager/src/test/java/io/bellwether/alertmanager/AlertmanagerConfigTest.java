package io.bellwether.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AlertmanagerConfigTest {
  private static final String FILE =
      """
      global: {resolve_timeout: 5m}
      route:
        receiver: default
        group_by: [alertname, service]
        group_wait: 30s
        group_interval: 1h30m
        routes:
          - matchers: ['severity="critical"', 'env=~"prod(uction)?"']
            receiver: pager
            continue: true
            active_time_intervals: [office]
          - match: {severity: critical}
            receiver: default
          - match_re: {team: 'a|b'}
            matchers: ['{x="1, 2", y!="z"}']
            group_by: ['...']
            repeat_interval: 1d
      inhibit_rules:
        - source_matchers: ['severity="critical"']
          target_match: {severity: warning}
          equal: [service]
      time_intervals:
        - name: office
          time_intervals:
            - times: [{start_time: '09:00', end_time: '17:30'}]
              weekdays: ['monday:friday']
              months: ['january:march', '12']
              days_of_month: ['1:-2']
              years: ['2024:2026']
              location: Europe/Berlin
      receivers: [{name: default}, {name: pager, webhook_configs: [{url: 'http://x/'}]}]
      """;

  private static Receiver receiver(String name) {
    return LambdaReceiver.of(name, n -> CompletableFuture.completedFuture(Delivery.delivered()));
  }

  @Test
  void routes_inhibitions_and_intervals_are_taken_over() {
    var config = AlertmanagerConfig.parse(FILE);

    try (var router =
        AlertRouter.create(r -> config.applyTo(r, receiver("default"), receiver("pager")))) {
      var critical = router.explain(Map.of("severity", "critical", "env", "prod"));
      assertThat(critical.receivers()).containsExactly("pager", "default");
      var listed = router.explain(Map.of("team", "b", "x", "1, 2"));
      assertThat(listed.matches().get(0).options().ownRepeat()).contains(Duration.ofDays(1));
      assertThat(listed.matches().get(0).options().interval()).isEqualTo(Duration.ofMinutes(90));
      assertThat(listed.matches().get(0).groupLabels()).containsEntry("x", "1, 2");
      assertThat(router.explain(Map.of("team", "c")).receivers()).containsExactly("default");
    }
    assertThat(config.resolveTimeout()).contains(Duration.ofMinutes(5));
    assertThat(config.inhibitions().get(0).strict()).isFalse();
    var office = config.intervals().get(0);
    assertThat(office.contains(Instant.parse("2026-01-05T08:00:00Z"))).isTrue();
    assertThat(office.contains(Instant.parse("2026-01-05T07:59:00Z"))).isFalse();
    assertThat(office.contains(Instant.parse("2026-01-05T16:30:00Z"))).isFalse();
    assertThat(office.contains(Instant.parse("2026-01-04T10:00:00Z"))).isFalse();
    assertThat(office.contains(Instant.parse("2026-06-01T10:00:00Z"))).isFalse();
  }

  @Test
  void everything_that_is_wrong_is_said_at_once_with_its_place() {
    assertThatThrownBy(
            () ->
                AlertmanagerConfig.parse(
                    """
                    route:
                      receiver: nobody
                      group_wate: 30s
                      group_interval: soon
                      routes:
                        - matchers: ['a=~"("', 'no matcher']
                    time_intervals:
                      - name: t
                        time_intervals: [{weekdays: [someday]}]
                    receivers: [{name: a}, {name: a}]
                    """))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(String.join("\n", refused.problems()))
                    .contains("route.group_wate: unknown field")
                    .contains("route.group_interval: 'soon' is no duration")
                    .contains("route.routes[0].matchers: matcher on 'a': invalid regular")
                    .contains("route.routes[0].matchers: matcher 'no matcher'")
                    .contains("time_intervals[0].time_intervals[0]")
                    .contains("'a' is there twice")
                    .contains("unknown receiver 'nobody'"));
  }

  @Test
  void what_alertmanager_refuses_is_not_read_as_something_else() {
    assertThatThrownBy(
            () ->
                AlertmanagerConfig.parse(
                    """
                    global: text
                    route:
                      receiver: a
                      continue: 'true'
                      routes: [{continue: 7}, {match: {a: ~}}]
                    time_intervals:
                      - name: t
                        time_intervals:
                          - days_of_month: ['31:1']
                          - days_of_month: ['1:2:3']
                          - days_of_month: [a]
                          - years: ['2030:2020']
                          - weekdays: ['friday:monday']
                          - weekdays: [someday]
                          - times: [{start_time: '9:00', end_time: '10:75'}]
                          - times: [{start: '9:00'}]
                    receivers: [{name: a}]
                    """))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(String.join("\n", refused.problems()))
                    .contains("global: expected a map")
                    .contains("route.continue: 'true', expected true or false")
                    .contains("route.routes[0].continue: '7'")
                    .contains("route.routes[1].match.a: there is no value")
                    .contains("days of the month from 31 to 1")
                    .contains("'1:2:3': expected one value or first:last")
                    .contains("'a': expected a number")
                    .contains("years from 2030 to 2020")
                    .contains("'friday:monday': the first is after the last")
                    .contains("'someday': expected one of [MONDAY")
                    .contains("'10:75': expected a time such as 09:30")
                    .contains("times[0].start: unknown field"));
  }

  @Test
  void a_route_inside_itself_has_no_end() {
    assertThatThrownBy(
            () -> AlertmanagerConfig.parse("route: &r {receiver: a, routes: [*r]}\nreceivers: []"))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("an alias inside what it names");
  }

  @Test
  void numbers_out_of_range_are_problems_with_their_place() {
    assertThatThrownBy(
            () ->
                AlertmanagerConfig.parse(
                    """
                    route: {receiver: a, group_wait: 99999999999999999999s, repeat_interval: 9999999999999999y}
                    time_intervals:
                      - name: t
                        time_intervals: [{months: ['13']}, {months: ['0']}, {weekdays: ['9']}]
                    receivers: [{name: a}]
                    """))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(String.join("\n", refused.problems()))
                    .contains("route.group_wait: '99999999999999999999s' is longer than")
                    .contains("route.repeat_interval: '9999999999999999y' is longer than")
                    .contains("13 is not from 1 to 12")
                    .contains("time_intervals[0].time_intervals[2]"));
  }
}
