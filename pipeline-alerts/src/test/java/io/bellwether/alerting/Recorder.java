package io.bellwether.alerting;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

/** A receiver on virtual time that writes down what arrives. */
final class Recorder implements Receiver {
  /** A notification that arrived. */
  record Arrival(Instant at, Notification notification) {
    List<String> firing() {
      return names(NotifiedAlert::firing);
    }

    List<String> resolved() {
      return names(NotifiedAlert::resolved);
    }

    List<String> events() {
      return names(told -> !told.firing() && !told.resolved());
    }

    private List<String> names(Predicate<NotifiedAlert> which) {
      return notification.alerts().stream()
          .filter(which)
          .map(told -> told.alert().labels().getOrDefault("instance", told.alert().name()))
          .sorted()
          .toList();
    }
  }

  final List<Arrival> arrivals = new ArrayList<>();
  final List<Arrival> attempts = new ArrayList<>();
  private final String name;
  private final VirtualTime time;
  private Function<Notification, Delivery> answer = notification -> Delivery.delivered();
  private Duration latency = Duration.ZERO;
  private Predicate<Notification> hangs = notification -> false;
  private boolean sendResolved = true;
  private Pace pace = Pace.DEFAULT;

  Recorder(String name, VirtualTime time) {
    this.name = name;
    this.time = time;
  }

  Recorder answering(Function<Notification, Delivery> answer) {
    this.answer = answer;
    return this;
  }

  /** Refuses connections from one second to another, after the beginning of time. */
  Recorder downBetween(double from, double to) {
    return answering(
        notification -> {
          var now = seconds(time.instant());
          return now >= from && now < to
              ? Delivery.retry(Failure.CONNECTION, "connection refused")
              : Delivery.delivered();
        });
  }

  Recorder latency(Duration latency) {
    this.latency = latency;
    return this;
  }

  Recorder hanging(Predicate<Notification> hangs) {
    this.hangs = hangs;
    return this;
  }

  Recorder sendResolved(boolean sendResolved) {
    this.sendResolved = sendResolved;
    return this;
  }

  Recorder pace(Pace pace) {
    this.pace = pace;
    return this;
  }

  static double seconds(Instant at) {
    return Duration.between(io.bellwether.testing.MutableClock.START, at).toMillis() / 1e3;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean sendResolved() {
    return sendResolved;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    attempts.add(new Arrival(time.instant(), notification));
    var stage = new CompletableFuture<Delivery>();
    if (hangs.test(notification)) {
      return stage;
    }
    var delivery = answer.apply(notification);
    Runnable arrival =
        () -> {
          if (delivery.arrived()) {
            arrivals.add(new Arrival(time.instant(), notification));
          }
          stage.complete(delivery);
        };
    if (latency.isZero()) {
      arrival.run();
    } else {
      time.schedule(latency, arrival);
    }
    return stage;
  }
}
