package io.bellwether.health;

import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.AlertStore.Change;
import io.bellwether.alert.Notifier;
import io.bellwether.alert.Severity;
import io.bellwether.alert.internal.AlertJson;
import io.bellwether.health.HealthWatch.Trouble;
import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import io.bellwether.time.Durations;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells people of incidents, once each, and of their ends; over restarts when it has a store.
 * Thread-safe; calls wait for each other, so that an end is never told before its beginning.
 */
final class HealthAlerts {
  private static final Logger log = LoggerFactory.getLogger(HealthAlerts.class);

  /** What alerts say of the service. */
  record Subject(String service, String environment, Duration probedEvery, Optional<URI> runbook) {}

  private final Subject subject;
  private final Notifier notifier;
  private final Optional<AlertStore> store;
  private final Map<String, Alert> firing = new LinkedHashMap<>();

  HealthAlerts(Subject subject, Notifier notifier, Optional<AlertStore> store) {
    this.subject = subject;
    this.notifier = notifier;
    this.store = store;
    store.stream()
        .flatMap(known -> known.load().values().stream())
        .map(HealthAlerts::restored)
        .sorted(Comparator.comparing(Alert::at))
        .forEach(alert -> firing.put(alert.key(), alert));
  }

  /** What an ended process had told people of, by check; it counts as confirmed. */
  synchronized Map<String, Trouble> troubles(int confirmations) {
    var troubles = new HashMap<String, Trouble>();
    for (var alert : firing.values()) {
      var worst = alert.severity() == Severity.CRITICAL ? HealthStatus.DOWN : HealthStatus.DEGRADED;
      var trouble = new Trouble(alert.at(), confirmations, worst);
      troubles.merge(check(alert), trouble, HealthAlerts::first);
    }
    return Map.copyOf(troubles);
  }

  private static Trouble first(Trouble one, Trouble other) {
    var since = one.since().isBefore(other.since()) ? one.since() : other.since();
    return new Trouble(since, one.seen(), one.worst().worse(other.worst()));
  }

  synchronized void tell(HealthEvent event) {
    if (event instanceof HealthEvent.Recovered) {
      end(event.check(), event.toString(), event.at());
    } else {
      var alert = alert(event);
      firing.put(alert.key(), alert);
      tell(alert);
      var record = JsonWriting.line(AlertJson.write(alert)).getBytes(StandardCharsets.UTF_8);
      remember(List.of(new Change(alert.key(), Optional.of(record))));
    }
  }

  /** Ends what was told of checks that are made no more. */
  synchronized void forgetAllBut(List<String> checks, Instant at) {
    firing.values().stream()
        .map(HealthAlerts::check)
        .filter(check -> !checks.contains(check))
        .distinct()
        .toList()
        .forEach(check -> end(check, check + " is not checked any more", at));
  }

  private void end(String check, String text, Instant at) {
    var over = firing.values().stream().filter(alert -> check(alert).equals(check)).toList();
    for (var alert : over) {
      firing.remove(alert.key());
      tell(
          alert.toBuilder()
              .summary(subject.service() + ": " + text)
              .nextStep("")
              .resolved(at)
              .build());
    }
    remember(over.stream().map(alert -> new Change(alert.key(), Optional.empty())).toList());
  }

  private void tell(Alert alert) {
    try {
      notifier.notify(alert);
    } catch (RuntimeException | Error e) {
      log.error("nobody could be told that {}", alert.summary(), e);
    }
  }

  private void remember(List<Change> changes) {
    try {
      store.filter(known -> !changes.isEmpty()).ifPresent(known -> known.write(changes));
    } catch (RuntimeException | Error e) {
      log.error("{}: what people were told is not remembered", subject.service(), e);
    }
  }

  private static Alert restored(byte[] record) {
    var text = new String(record, StandardCharsets.UTF_8);
    return AlertJson.read(JsonObject.parse("an alert of a health monitor", text));
  }

  private static String check(Alert alert) {
    return alert.labels().getOrDefault("check", "");
  }

  private Alert alert(HealthEvent event) {
    var warning =
        event instanceof HealthEvent.Failed failed && failed.status() == HealthStatus.DEGRADED;
    var severity = warning ? Severity.WARNING : Severity.CRITICAL;
    return Alert.of(
        "health_check_failed",
        severity,
        event.at(),
        a -> {
          subject.runbook().ifPresent(a::runbook);
          return a.firing()
              .key("health:" + subject.service() + ":" + event.check() + "@" + event.at())
              .label("service", subject.service())
              .label("environment", subject.environment())
              .label("check", event.check())
              .summary(subject.service() + ": " + event)
              .nextStep(
                  "Look at "
                      + event.check()
                      + "; it is probed again every "
                      + Durations.plain(subject.probedEvery())
                      + ".");
        });
  }
}
