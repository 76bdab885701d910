package io.bellwether.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.Silence;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What holds in every life of a router: alerts, failures, silences and restarts at random. */
class AlertLawsTest {
  /** A random life on virtual time, written down by the receivers. */
  private static final class Life {
    private final Gen gen;
    private final VirtualTime time = VirtualTime.create();
    private final InMemoryAlertStore store = new InMemoryAlertStore();
    private final Map<String, Alert> firing = new TreeMap<>();
    private final List<Recorder> receivers = new ArrayList<>();
    private final Set<String> events = new HashSet<>();
    private final boolean failing;
    private final boolean restarting;
    private final int stormCap;
    private AlertRouter router;
    private boolean well;

    Life(Gen gen, boolean failing, boolean restarting, int stormCap) {
      this.gen = gen;
      this.stormCap = stormCap;
      this.failing = failing;
      this.restarting = restarting;
      for (var name : List.of("one", "two", "three")) {
        receivers.add(new Recorder(name, time).answering(this::answer));
      }
      router = router();
    }

    private AlertRouter router() {
      var grouped = Route.to(receivers.get(1)).groupBy("release").every(Duration.ofMinutes(1));
      return AlertRouter.create(
          r ->
              r.time(time.source())
                  .store(store)
                  .stormCap(stormCap)
                  .route(
                      Matcher.severity(Severity.CRITICAL), Route.to(receivers.get(0)).andContinue())
                  .route(Matcher.matching("alertname", "a.*"), grouped)
                  .inhibit(Severity.CRITICAL, Severity.WARNING, "instance")
                  .otherwise(receivers.get(2)));
    }

    private Delivery answer(Notification notification) {
      if (well || !failing || gen.chance(0.6)) {
        return Delivery.delivered();
      }
      return switch (gen.nextInt(4)) {
        case 0 -> Delivery.retry(Failure.RATE_LIMITED, Duration.ofSeconds(gen.nextInt(90)), "429");
        case 1 -> Delivery.permanent(Failure.CLIENT_ERROR, "400");
        default -> Delivery.retry(Failure.SERVER_ERROR, "503");
      };
    }

    void live(int steps) {
      for (var step = 0; step < steps; step++) {
        step();
        time.advance(gen.between(Duration.ZERO, Duration.ofMinutes(3)));
      }
    }

    private void step() {
      switch (gen.nextInt(restarting ? 8 : 7)) {
        case 0, 1, 2 -> fire();
        case 3, 4 -> resolve();
        case 5 -> event();
        case 6 -> silence();
        default -> restart();
      }
    }

    private void fire() {
      var alert =
          Given.firing(
              gen.pick("alpha", "beta", "gamma"),
              gen.pick(Severity.values()),
              time.instant(),
              gen.pick("x", "y"));
      firing.put(id(alert), alert);
      router.notify(alert);
    }

    private void resolve() {
      if (!firing.isEmpty()) {
        var id = gen.pick(List.copyOf(firing.keySet()));
        router.notify(firing.remove(id).resolved(time.instant()));
      }
    }

    private void event() {
      var key = "event " + gen.nextInt(20);
      events.add(key);
      router.notify(Given.event(key, gen.pick(Severity.values()), time.instant()));
    }

    private void silence() {
      var from = time.instant();
      router.silence(
          new Silence(
              gen.pick("s", "t"),
              List.of(Matcher.label("instance", gen.pick("x", "y"))),
              from,
              from.plus(gen.between(Duration.ofSeconds(1), Duration.ofMinutes(20))),
              "",
              ""));
    }

    private void restart() {
      router.close();
      time.advance(gen.between(Duration.ZERO, Duration.ofMinutes(10)));
      router = router();
    }

    /** Everything is over and every receiver is well. */
    void end() {
      well = true;
      firing.values().forEach(alert -> router.notify(alert.resolved(time.instant())));
      firing.clear();
      time.advance(Duration.ofHours(3));
    }
  }

  private static String id(Alert alert) {
    return alert.name() + alert.severity() + alert.labels();
  }

  private static void live(Gen gen, boolean failing, boolean restarting, LifeCheck check) {
    check(new Life(gen, failing, restarting, 1_000), gen, check);
  }

  private static void check(Life life, Gen gen, LifeCheck check) {
    life.live(gen.between(5, 40));
    life.end();
    for (var receiver : life.receivers) {
      check.check(life, receiver.name(), receiver.arrivals);
    }
  }

  private interface LifeCheck {
    void check(Life life, String receiver, List<Recorder.Arrival> arrivals);
  }

  /** Walks through what arrived and keeps what the receiver believes to fire, by group. */
  private static Map<String, Set<String>> beliefs(List<Recorder.Arrival> arrivals) {
    var believed = new HashMap<String, Set<String>>();
    for (var arrival : arrivals) {
      var open = believed.computeIfAbsent(arrival.notification().groupKey(), k -> new HashSet<>());
      for (var told : arrival.notification().alerts()) {
        if (told.firing()) {
          open.add(id(told.alert()));
        } else if (told.resolved() && !told.late()) {
          assertThat(open).as("closed by %s", arrival).contains(id(told.alert()));
          open.remove(id(told.alert()));
        }
      }
    }
    return believed;
  }

  @Test
  void every_announced_alert_closes_and_nothing_closes_that_was_not_announced() {
    Cases.forAll(
        "announced and closed",
        100,
        gen ->
            live(
                gen,
                true,
                true,
                (life, receiver, arrivals) ->
                    beliefs(arrivals)
                        .forEach((group, open) -> assertThat(open).as(group).isEmpty())));
  }

  @Test
  void in_storms_too_every_announced_alert_closes_and_every_storm_is_over_once() {
    Cases.forAll(
        "storms",
        100,
        gen ->
            check(
                new Life(gen, true, true, 1),
                gen,
                (life, receiver, arrivals) -> {
                  assertThat(believed(arrivals)).as("open at %s", receiver).isEmpty();
                  var storms = new TreeMap<String, Integer>();
                  for (var arrival : arrivals) {
                    var key = arrival.notification().groupKey();
                    if (arrival.resolved().contains("alert_storm")) {
                      assertThat(storms.merge(key, -1, Integer::sum)).as(key).isZero();
                    } else if (arrival.notification().reason() == Reason.STORM
                        && !arrival.firing().isEmpty()) {
                      storms.put(key, 1);
                    }
                  }
                  assertThat(storms.values()).as("%s", storms).allMatch(open -> open == 0);
                }));
  }

  /** What a receiver believes to fire in the end, whichever notice told of it. */
  private static Set<String> believed(List<Recorder.Arrival> arrivals) {
    var open = new HashSet<String>();
    for (var arrival : arrivals) {
      for (var told : arrival.notification().alerts()) {
        if (told.firing()) {
          open.add(id(told.alert()));
        } else if (told.resolved() && !told.late() && !told.alert().name().equals("alert_storm")) {
          assertThat(open.remove(id(told.alert()))).as("closed by %s", arrival).isTrue();
        }
      }
    }
    return open;
  }

  @Test
  void every_alert_that_fired_alone_is_told_of_in_time_or_late() {
    Cases.forAll(
        "told in time or late",
        60,
        gen -> {
          var time = VirtualTime.create();
          var down = gen.between(0.0, 4_000.0);
          var receiver = new Recorder("one", time).downBetween(0, down);
          var alert = Given.critical("alpha", time.instant());
          try (var router = AlertRouter.create(r -> r.time(time.source()).critical(receiver))) {
            router.notify(alert);
            time.advance(gen.between(Duration.ofSeconds(1), Duration.ofHours(1)));
            router.notify(alert.resolved(time.instant()));
            time.advance(Duration.ofHours(3));
            assertThat(router.size()).isZero();
          }

          var told = receiver.arrivals.stream().flatMap(a -> a.notification().alerts().stream());
          assertThat(told.filter(NotifiedAlert::resolved)).hasSize(1);
          assertThat(receiver.arrivals).hasSizeBetween(1, 3);
          assertThat(receiver.arrivals.get(0).notification().alerts().get(0).late())
              .isEqualTo(receiver.arrivals.get(0).firing().isEmpty());
        });
  }

  @Test
  void every_event_arrives_exactly_once_whatever_happens() {
    Cases.forAll(
        "events once",
        60,
        gen ->
            live(
                gen,
                true,
                true,
                (life, receiver, arrivals) -> {
                  var told = new ArrayList<String>();
                  arrivals.forEach(arrival -> told.addAll(arrival.events()));
                  assertThat(told).doesNotHaveDuplicates();
                  if (receiver.equals("three")) {
                    life.receivers.get(0).arrivals.forEach(a -> told.addAll(a.events()));
                    assertThat(told).containsAll(life.events);
                  }
                }));
  }

  @Test
  void what_a_receiver_is_told_of_a_group_is_in_order() {
    Cases.forAll(
        "order",
        60,
        gen ->
            live(
                gen,
                true,
                true,
                (life, receiver, arrivals) -> {
                  var last = new HashMap<String, Long>();
                  for (var arrival : arrivals) {
                    var notification = arrival.notification();
                    var before = last.put(notification.groupKey(), notification.sequence());
                    if (before != null) {
                      assertThat(notification.sequence()).isGreaterThan(before);
                    }
                  }
                }));
  }

  @Test
  void nothing_is_told_twice_without_a_reason_by_a_restart() {
    Cases.forAll(
        "restart repeats nothing",
        60,
        gen -> {
          var time = VirtualTime.create();
          var store = new InMemoryAlertStore();
          var receiver = new Recorder("one", time);
          var alerts = new ArrayList<Alert>();
          for (var i = gen.between(1, 5); i > 0; i--) {
            alerts.add(Given.critical("alert" + i, time.instant()));
          }
          var router = router(time, store, receiver);
          router.notifyAll(alerts);
          for (var restarts = gen.between(1, 4); restarts > 0; restarts--) {
            time.advance(gen.between(Duration.ofSeconds(1), Duration.ofMinutes(9)));
            router.close();
            router = router(time, store, receiver);
            router.notifyAll(alerts);
          }
          time.advance(Duration.ofMinutes(1));
          assertThat(receiver.arrivals).hasSize(alerts.size());
          for (var alert : alerts) {
            router.notify(alert.resolved(time.instant()));
          }
          time.advance(Duration.ofMinutes(10));
          router.close();

          assertThat(receiver.arrivals).hasSize(2 * alerts.size());
        });
  }

  private static AlertRouter router(VirtualTime time, InMemoryAlertStore store, Receiver receiver) {
    return AlertRouter.create(r -> r.time(time.source()).store(store).critical(receiver));
  }

  @Test
  void the_same_life_is_told_in_the_same_way() {
    Cases.forAll(
        "deterministic",
        30,
        gen -> {
          var number = gen.nextLong();
          assertThat(story(number)).isEqualTo(story(number));
        });
  }

  private static List<String> story(long number) {
    var told = new ArrayList<String>();
    Cases.only(
        "a life",
        number,
        gen ->
            live(
                gen,
                true,
                true,
                (life, receiver, arrivals) ->
                    arrivals.forEach(
                        arrival ->
                            told.add(
                                arrival.at()
                                    + arrival.notification().idempotencyKey()
                                    + arrival.notification().reason()))));
    return told;
  }
}
