package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.AlertStore.Change;
import io.bellwether.alert.Measurement;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.Silence;
import io.bellwether.testing.AlertStoreTck;
import io.bellwether.testing.VirtualTime;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertStoreTest {
  @TempDir private Path folder;
  private final VirtualTime time = VirtualTime.create();
  private final Recorder receiver = new Recorder("one", time);
  private int files;
  private Path file;

  private AlertRouter router(AlertStore store) {
    return AlertRouter.create(
        r -> r.time(time.source()).store(store).jitter(0).otherwise(receiver));
  }

  private FileAlertStore fresh() {
    file = folder.resolve("alerts" + files++);
    return FileAlertStore.open(file);
  }

  @Test
  void the_memory_keeps_the_rules() {
    AlertStoreTck.verify(InMemoryAlertStore::new);
  }

  @Test
  void the_file_keeps_the_rules_over_restarts() {
    AlertStoreTck.verifyDurable(
        this::fresh,
        store -> {
          store.close();
          return FileAlertStore.open(file);
        });
  }

  @Test
  void what_is_outdated_is_cut_away() {
    var store = fresh();
    var record = new byte[10_000];
    for (var i = 0; i < 1_000; i++) {
      store.write(List.of(new Change("key", Optional.of(record))));
    }
    assertThat(file.toFile().length()).isLessThan(1_200_000);
    assertThat(store.load()).hasSize(1);
    store.close();
  }

  @Test
  void a_record_that_is_none_is_refused_with_its_key() {
    var store = new InMemoryAlertStore();
    store.write(List.of(new Change("alert/x", Optional.of("{}".getBytes(StandardCharsets.UTF_8)))));

    assertThatThrownBy(() -> router(store))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("'alert/x' cannot be read");
  }

  @Test
  void an_alert_comes_back_whole_and_is_not_told_again_but_closed() {
    var alert =
        Alert.of(
            "error_rate_high",
            Severity.CRITICAL,
            time.instant(),
            a ->
                a.firing()
                    .key("k")
                    .expiresAfter(Duration.ofHours(1))
                    .measurement(new Measurement("error_rate", "7%", "5%", Duration.ofMinutes(5)))
                    .logs(URI.create("https://logs.example.com/"))
                    .runbook(URI.create("https://wiki.example.com/"))
                    .summary("a \"quoted\" \u2026 line\nand another")
                    .nextStep("Act.")
                    .label("release", "ch\u00e4t\uD83D\uDE00"));
    try (var router = router(fresh())) {
      router.notify(alert);
    }
    time.advance(Duration.ofMinutes(3));
    try (var router = router(FileAlertStore.open(file))) {
      var known = router.groups().get(0).alerts().get(0);
      assertThat(known).usingRecursiveComparison().isEqualTo(alert);
      time.advance(Duration.ofMinutes(10));
      assertThat(receiver.arrivals).hasSize(1);
      router.notify(alert.resolved(time.instant()));
      time.advance(Duration.ofMinutes(6));
    }

    assertThat(receiver.arrivals).hasSize(2);
    assertThat(receiver.arrivals.get(1).notification().reason()).isEqualTo(Reason.ALL_RESOLVED);
    assertThat(receiver.arrivals.get(1).notification().groupKey())
        .isEqualTo(receiver.arrivals.get(0).notification().groupKey());
  }

  @Test
  void what_was_over_before_the_restart_and_could_not_be_told_is_told_late_after_it() {
    receiver.answering(n -> Delivery.retry(Failure.CONNECTION, "down"));
    var alert = Given.critical("down", time.instant());
    try (var router = router(fresh())) {
      router.notify(alert);
      time.advance(Duration.ofMinutes(2));
      router.notify(alert.resolved(time.instant()));
    }
    receiver.answering(n -> Delivery.delivered());
    try (var router = router(FileAlertStore.open(file))) {
      time.advance(Duration.ofMinutes(1));
      assertThat(router.size()).isZero();
    }

    assertThat(receiver.arrivals).hasSize(1);
    assertThat(receiver.arrivals.get(0).notification().reason()).isEqualTo(Reason.LATE);
  }

  @Test
  void a_retry_of_the_same_news_keeps_its_key_over_a_restart() {
    receiver.answering(n -> Delivery.retry(Failure.TIMEOUT, "the answer was lost"));
    try (var router = router(fresh())) {
      router.notify(Given.critical("down", time.instant()));
    }
    time.advance(Duration.ofMinutes(1));
    try (var router = router(FileAlertStore.open(file))) {
      time.advance(Duration.ofSeconds(1));
      assertThat(router.size()).isEqualTo(1);
    }

    assertThat(receiver.attempts).hasSizeGreaterThanOrEqualTo(2);
    assertThat(receiver.attempts)
        .extracting(attempt -> attempt.notification().idempotencyKey())
        .containsOnly(receiver.attempts.get(0).notification().idempotencyKey());
  }

  @Test
  void silences_acknowledgements_and_events_are_remembered() {
    var alert = Given.critical("down", time.instant());
    var event = Given.event("promoted", Severity.INFO, time.instant());
    try (var router = router(fresh())) {
      router.notify(alert);
      router.notify(event);
      router.acknowledge(Matcher.label("alertname", "down"));
      router.silence(
          new Silence(
              "s",
              List.of(Matcher.parse("a=\"b \\\"c\"")),
              time.instant(),
              time.instant().plusSeconds(60),
              "me",
              "why"));
      time.advance(Duration.ofMinutes(1));
    }
    try (var router = router(FileAlertStore.open(file))) {
      router.notify(event);
      time.advance(Duration.ofHours(3));
      assertThat(router.silences()).extracting(Silence::comment).containsExactly("why");
    }
    assertThat(receiver.arrivals).hasSize(2);
  }

  @Test
  void what_old_routes_announced_is_closed_under_them_when_the_routes_have_changed() {
    var alert = Given.critical("down", time.instant());
    var other = new Recorder("other", time);
    try (var router = router(fresh())) {
      router.notify(alert);
    }
    try (var router =
        AlertRouter.create(
            r ->
                r.time(time.source())
                    .store(FileAlertStore.open(file))
                    .receivers(receiver)
                    .route(Route.to(other).named("new")))) {
      time.advance(Duration.ofMinutes(10));
      router.notify(alert.resolved(time.instant()));
      time.advance(Duration.ofMinutes(10));
      assertThat(router.size()).isZero();
    }
    assertThat(receiver.arrivals)
        .extracting(Recorder.Arrival::resolved)
        .containsExactly(List.of(), List.of("down"));
    assertThat(other.arrivals).hasSize(2);
  }

  @Test
  void what_old_routes_could_not_tell_is_told_late_under_them_when_the_routes_have_changed() {
    var alert = Given.critical("down", time.instant());
    var other = new Recorder("other", time);
    receiver.answering(n -> Delivery.retry(Failure.CONNECTION, "down"));
    try (var router = router(fresh())) {
      router.notify(alert);
      time.advance(Duration.ofMinutes(1));
    }
    receiver.answering(n -> Delivery.delivered());
    try (var router =
        AlertRouter.create(
            r ->
                r.time(time.source())
                    .store(FileAlertStore.open(file))
                    .receivers(receiver)
                    .route(Route.to(other).named("new")))) {
      router.notify(alert.resolved(time.instant()));
      time.advance(Duration.ofMinutes(10));
      assertThat(router.size()).isZero();
    }
    assertThat(receiver.arrivals)
        .extracting(arrival -> arrival.notification().reason())
        .containsExactly(Reason.LATE);
  }

  @Test
  void a_store_that_fails_holds_nobody_up() {
    var store =
        new AlertStore() {
          @Override
          public Map<String, byte[]> load() {
            return Map.of();
          }

          @Override
          public void write(List<Change> changes) {
            throw new BellwetherException("the disk is full");
          }
        };
    try (var router = router(store)) {
      router.notify(Given.critical("down", time.instant()));
    }
    assertThat(receiver.arrivals).hasSize(1);
  }

  @Test
  void a_hundred_thousand_alerts_at_once_are_remembered() {
    var alerts = new ArrayList<Alert>();
    for (var i = 0; i < 100_000; i++) {
      alerts.add(Given.warning("alert" + i, time.instant()));
    }
    try (var router = router(fresh())) {
      router.notifyAll(alerts);
    }
    try (var router = router(FileAlertStore.open(file))) {
      assertThat(router.size()).isEqualTo(100_000);
    }
  }

  @Test
  void what_is_too_large_to_be_remembered_keeps_nothing_else_from_it() {
    var store = fresh();
    assertThatThrownBy(
            () ->
                store.write(
                    List.of(
                        new Change("a", Optional.of(new byte[10])),
                        new Change("b", Optional.of(new byte[20_000_000])),
                        new Change("c", Optional.of(new byte[10])))))
        .isInstanceOf(BellwetherException.class);
    assertThat(store.load()).containsKeys("c").doesNotContainKey("b");
    store.close();
  }

  @Test
  void a_build_that_is_refused_leaves_the_store_to_be_opened_again() {
    fresh().close();
    assertThatThrownBy(
            () -> AlertRouter.create(r -> r.store(FileAlertStore.open(file)).stormCap(0)))
        .hasMessageContaining("stormCap");
    FileAlertStore.open(file).close();
  }
}
