package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.alerting.InMemoryAlertStore;
import io.bellwether.alerting.route.Inhibition;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.alerting.route.Silence;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Plays the events of a timing case on virtual time and compares what arrived. */
final class TimelineVector {
  private static final Pattern NOTE =
      Pattern.compile("\\((started|ended)[^-0-9]*(-?[0-9.]+)[^)]*\\)");
  private static final double SLACK = 0.15;

  private record Event(double at, String kind, String text) {}

  private final VectorObject config;
  private final List<Event> events;
  private final VirtualTime time = VirtualTime.create();
  private final InMemoryAlertStore store = new InMemoryAlertStore();
  private final Map<String, TimelineReceiver> receivers = new LinkedHashMap<>();
  private final Map<String, Alert> firing = new HashMap<>();
  private AlertRouter router;

  TimelineVector(VectorObject config, List<?> events) {
    this.config = config;
    this.events = events.stream().map(TimelineVector::event).toList();
    for (var receiver : config.objectsIfAny("receivers")) {
      var name = receiver.text("name");
      receivers.put(name, new TimelineReceiver(name, time, config));
    }
    if (receivers.isEmpty()) {
      receivers.put("r", new TimelineReceiver("r", time, config));
    }
    router = router();
  }

  private static Event event(Object event) {
    var list = (List<?>) event;
    var kind = (String) list.get(1);
    var text = list.size() > 2 ? (String) list.get(2) : "";
    if (list.size() == 2 && kind.contains(" ")) {
      text = kind.substring(kind.indexOf(' ') + 1);
      kind = kind.substring(0, kind.indexOf(' '));
    }
    return new Event((Double) list.get(0), kind, text);
  }

  private AlertRouter router() {
    return AlertRouter.create(this::configured);
  }

  private AlertRouterBuilder configured(AlertRouterBuilder r) {
    var route =
        Route.to(receivers.values().toArray(TimelineReceiver[]::new))
            .groupBy(groupBy().toArray(String[]::new))
            .waiting(seconds("group_wait_s", 30))
            .every(seconds("group_interval_s", 300))
            .repeatEvery(seconds("repeat_s", 4 * 3600));
    r.time(time.source()).store(store).jitter(0).tree(route);
    if (config.has("resolve_timeout_s")) {
      r.resolveAfter(seconds("resolve_timeout_s", 0));
    }
    for (var name : List.of("start_delay_s", "dispatch_start_delay_s")) {
      if (config.has(name)) {
        r.startDelay(seconds(name, 0));
      }
    }
    for (var rule : config.objectsIfAny("inhibit")) {
      r.inhibit(inhibition(rule));
    }
    return r;
  }

  static Inhibition inhibition(VectorObject rule) {
    return new Inhibition(
        rule.texts("source").stream().map(Matcher::parse).toList(),
        rule.texts("target").stream().map(Matcher::parse).toList(),
        rule.has("equal") ? rule.texts("equal") : List.of(),
        rule.flag("strict", false));
  }

  private List<String> groupBy() {
    return config.has("group_by") ? config.texts("group_by") : List.of();
  }

  private Duration seconds(String name, double otherwise) {
    var value = config.optionalNumber(name).orElse(otherwise);
    return Duration.ofNanos(Math.round(value * 1e9));
  }

  private static Instant at(double second) {
    return MutableClock.START.plus(Duration.ofNanos(Math.round(second * 1e9)));
  }

  void play(double end) {
    for (var event : events) {
      moveTo(event.at());
      happen(event);
    }
    moveTo(end);
    router.close();
  }

  private void moveTo(double second) {
    var left = Duration.between(time.instant(), at(second));
    if (!left.isNegative()) {
      time.advance(left);
    }
  }

  private void happen(Event event) {
    switch (event.kind()) {
      case "fire" -> fire(event);
      case "resolve" -> resolve(event);
      case "silence" -> silence(event);
      case "delete_silence" -> router.unsilence("s");
      case "restart" -> {
        router.close();
        router = router();
      }
      default -> throw new AssertionError("unknown event " + event);
    }
  }

  private void fire(Event event) {
    var since = note(event.text(), "started", event.at());
    var alerts = new ArrayList<Alert>();
    for (var name : names(event.text())) {
      var known = firing.get(name);
      var alert = known == null ? alert(name, since < 0 ? event.at() + since : since) : known;
      firing.put(name, alert);
      alerts.add(alert);
    }
    router.notifyAll(alerts);
  }

  private void resolve(Event event) {
    var end = note(event.text(), "ended", event.at());
    var alerts = new ArrayList<Alert>();
    for (var name : names(event.text())) {
      alerts.add(firing.remove(name).resolved(at(end)));
    }
    router.notifyAll(alerts);
  }

  private void silence(Event event) {
    var parts = event.text().split(" from | to ");
    router.silence(
        new Silence(
            "s",
            List.of(Matcher.parse(parts[0])),
            at(Double.parseDouble(parts[1])),
            at(Double.parseDouble(parts[2])),
            "",
            ""));
  }

  private static double note(String text, String which, double otherwise) {
    var found = NOTE.matcher(text);
    return found.find() && found.group(1).equals(which)
        ? Double.parseDouble(found.group(2))
        : otherwise;
  }

  private static List<String> names(String text) {
    var names = new ArrayList<String>();
    for (var name : NOTE.matcher(text).replaceAll("").split(",")) {
      names.add(name.strip());
    }
    return names;
  }

  /** Where alerts are grouped by name, those that come together share one. */
  private Alert alert(String name, double since) {
    var together = groupBy().equals(List.of("alertname"));
    return Alert.of(
        together ? "test" : name,
        Severity.WARNING,
        at(since),
        alert -> alert.firing().label("instance", name));
  }

  /** Deliveries as the vectors state them, to one receiver or by receiver. */
  void check(Object deliveries, VectorObject expect) {
    if (deliveries instanceof Map<?, ?>) {
      var byReceiver = expect.object("deliveries");
      for (var name : byReceiver.names()) {
        check(byReceiver.objects(name), receivers.get(name));
      }
    } else {
      check(expect.objects("deliveries"), receivers.values().iterator().next());
    }
  }

  private static void check(List<VectorObject> expected, TimelineReceiver receiver) {
    var arrived = receiver.arrivals();
    assertThat(arrived).as("arrivals at %s", receiver.name()).hasSameSizeAs(expected);
    Set<String> announced = new HashSet<>();
    for (var i = 0; i < expected.size(); i++) {
      check(expected.get(i), arrived.get(i), announced);
      announced.addAll(arrived.get(i).firing());
    }
  }

  private static void check(
      VectorObject expected, TimelineReceiver.Arrival arrived, Set<String> announced) {
    if (expected.has("window")) {
      var window = expected.numbers("window");
      assertThat(arrived.at()).isBetween(window[0] - SLACK, window[1] + SLACK);
    } else {
      assertThat(arrived.at())
          .isBetween(expected.number("at") - 0.001, expected.number("at") + 0.001);
    }
    var late = expected.flag("late", false);
    if (expected.has("alerts")) {
      assertThat(arrived.firing()).containsExactlyInAnyOrderElementsOf(expected.texts("alerts"));
    }
    if (expected.has("firing")) {
      assertThat(arrived.firing()).containsExactlyInAnyOrderElementsOf(expected.texts("firing"));
    }
    if (expected.has("resolved")) {
      var closing =
          expected.texts("resolved").stream()
              .filter(name -> late || announced.contains(name))
              .toList();
      assertThat(arrived.resolved()).containsExactlyInAnyOrderElementsOf(closing);
      assertThat(arrived.late()).isEqualTo(late);
    }
  }

  /** When nothing more is to be expected, or the next would only be a reminder. */
  static double end(List<Double> expected, List<?> events, VectorObject config) {
    var last = 0.0;
    for (var event : events) {
      last = Math.max(last, event(event).at());
    }
    var interval = config.optionalNumber("group_interval_s").orElse(300);
    var repeat = config.optionalNumber("repeat_s").orElse(4 * 3600);
    var end = expected.stream().mapToDouble(Double::doubleValue).max().orElse(-1);
    if (end < 0) {
      return last + config.optionalNumber("group_wait_s").orElse(30) + 3 * interval;
    }
    var quiet = repeat > 3 * interval ? 2 * interval : 0;
    return Math.max(end, last) + quiet;
  }
}
