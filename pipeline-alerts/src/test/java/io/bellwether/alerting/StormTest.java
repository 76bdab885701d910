package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class StormTest {
  private final VirtualTime time = VirtualTime.create();
  private final Recorder receiver = new Recorder("one", time);

  @Test
  void beyond_the_cap_one_summary_tells_the_true_count_and_everything_closes() {
    try (var router = AlertRouter.create(r -> r.time(time.source()).critical(receiver))) {
      var alerts = new ArrayList<Alert>();
      for (var i = 0; i < 137; i++) {
        alerts.add(Given.critical("alert" + i, time.instant()));
      }
      router.notifyAll(alerts);
      assertThat(receiver.arrivals).hasSize(20);

      time.advance(Duration.ofMinutes(1));

      assertThat(receiver.arrivals).hasSize(21);
      var summary = receiver.arrivals.get(20).notification();
      assertThat(summary.reason()).isEqualTo(Reason.STORM);
      assertThat(summary.alerts()).hasSize(117);
      assertThat(summary.groups()).isEqualTo(117);

      alerts.forEach(alert -> router.notify(alert.resolved(time.instant())));
      time.advance(Duration.ofMinutes(20));

      assertThat(router.size()).isZero();
      var resolved = new ArrayList<String>();
      receiver.arrivals.forEach(arrival -> resolved.addAll(arrival.resolved()));
      assertThat(resolved).hasSize(138).contains("alert_storm").doesNotHaveDuplicates();
    }
  }

  @Test
  void never_more_than_the_cap_and_one_summary_within_a_minute() {
    try (var router =
        AlertRouter.create(r -> r.time(time.source()).stormCap(5).critical(receiver))) {
      for (var i = 0; i < 600; i++) {
        router.notify(Given.critical("alert" + i, time.instant()));
        time.advance(Duration.ofSeconds(1));
      }
    }
    for (var arrival : receiver.arrivals) {
      var within =
          receiver.arrivals.stream()
              .filter(
                  other ->
                      !other.at().isBefore(arrival.at())
                          && other.at().isBefore(arrival.at().plusSeconds(60)))
              .count();
      assertThat(within).isLessThanOrEqualTo(10);
    }
    assertThat(receiver.arrivals).hasSizeLessThan(80);
  }

  @Test
  void a_restart_within_a_storm_keeps_the_cap_the_count_and_the_end() {
    var store = new InMemoryAlertStore();
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 137; i++) {
      alerts.add(Given.critical("alert" + i, time.instant()));
    }
    try (var router = router(store)) {
      router.notifyAll(alerts);
      time.advance(Duration.ofSeconds(10));
    }
    try (var router = router(store)) {
      time.advance(Duration.ofSeconds(49));
      assertThat(receiver.arrivals).hasSize(20);
      time.advance(Duration.ofSeconds(1));
      assertThat(receiver.arrivals).hasSize(21);
      var summary = receiver.arrivals.get(20).notification();
      assertThat(summary.reason()).isEqualTo(Reason.STORM);
      assertThat(summary.alerts()).hasSize(117);
      assertThat(summary.groups()).isEqualTo(117);
      alerts.subList(0, 100).forEach(alert -> router.notify(alert.resolved(time.instant())));
      time.advance(Duration.ofMinutes(10));
    }
    try (var router = router(store)) {
      alerts.subList(100, 137).forEach(alert -> router.notify(alert.resolved(time.instant())));
      time.advance(Duration.ofMinutes(20));
      assertThat(router.size()).isZero();
    }
    var resolved = new ArrayList<String>();
    receiver.arrivals.forEach(arrival -> resolved.addAll(arrival.resolved()));
    assertThat(resolved).hasSize(138).contains("alert_storm").doesNotHaveDuplicates();
  }

  @Test
  void a_storm_whose_end_could_not_be_told_before_a_restart_is_closed_after_it() {
    var store = new InMemoryAlertStore();
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 30; i++) {
      alerts.add(Given.critical("alert" + i, time.instant()));
    }
    receiver.answering(
        notification ->
            notification.groups() == 0
                ? Delivery.retry(Failure.CONNECTION, "down")
                : Delivery.delivered());
    try (var router = router(store)) {
      router.notifyAll(alerts);
      time.advance(Duration.ofMinutes(2));
      alerts.forEach(alert -> router.notify(alert.resolved(time.instant())));
      time.advance(Duration.ofMinutes(20));
      assertThat(receiver.attempts).anyMatch(attempt -> attempt.notification().groups() == 0);
    }
    receiver.answering(notification -> Delivery.delivered());
    router(store).close();

    assertThat(receiver.arrivals.get(receiver.arrivals.size() - 1).resolved())
        .containsExactly("alert_storm");
  }

  private AlertRouter router(InMemoryAlertStore store) {
    return AlertRouter.create(r -> r.time(time.source()).store(store).critical(receiver));
  }
}
