package io.bellwether.examples.quickstart.delivery;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.alert.AlertRules;
import io.bellwether.alert.AlertSubject;
import io.bellwether.alert.Notifier;
import io.bellwether.alert.RuleStates;
import io.bellwether.gate.Evidence;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.metrics.Thresholds;
import io.bellwether.release.Version;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.Optional;

/** Looks at production every half minute and tells of what breaks a rule for a minute. */
final class Alerting implements AutoCloseable {
  private static final Duration EVERY = ofSeconds(30);
  private static final AlertRules RULES =
      AlertRules.from(Thresholds.create(t -> t.errorFor(ofMinutes(1)).successFor(ofMinutes(1))))
          .runbooks("https://runbooks.example/")
          .build();

  private final Place place;
  private final TimeSource time;
  private final Notifier notifier;
  private RuleStates states = RuleStates.NONE;
  private Cancellable next = () -> {};
  private boolean closed;

  Alerting(Place place, TimeSource time, Notifier notifier) {
    this.place = place;
    this.time = time;
    this.notifier = notifier;
  }

  /** Looks now and from then on. */
  void start() {
    look();
  }

  /** What the users of the stable version experience. */
  static Evidence users(Place place) {
    return new Evidence() {
      @Override
      public Reading candidate(Metric metric, Duration window) {
        var release = place.release().name();
        var query = new MetricQuery(release, serving(place), metric, window);
        return place.router().windows().read(query);
      }

      @Override
      public Optional<Reading> stable(Metric metric, Duration window) {
        return Optional.empty();
      }
    };
  }

  private static Version serving(Place place) {
    return place.runtime().stable(place.release().name());
  }

  private synchronized void look() {
    if (closed) {
      return;
    }
    var subject = AlertSubject.of("chat", serving(place), place.name());
    var found = RULES.evaluate(states, subject, users(place), time.wall().instant());
    states = found.states();
    found.alerts().forEach(notifier::notify);
    next = time.scheduler().schedule(EVERY, this::look);
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
  }
}
