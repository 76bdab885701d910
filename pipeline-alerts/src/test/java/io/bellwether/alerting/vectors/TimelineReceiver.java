package io.bellwether.alerting.vectors;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** A receiver as a case describes it: away for a while, slow for a while. */
final class TimelineReceiver implements Receiver {
  /** A notification that arrived, in seconds from the start. */
  record Arrival(double at, Notification notification) {
    List<String> firing() {
      return names(NotifiedAlert::firing);
    }

    List<String> resolved() {
      return names(NotifiedAlert::resolved);
    }

    boolean late() {
      return notification.alerts().stream().anyMatch(NotifiedAlert::late);
    }

    private List<String> names(Predicate<NotifiedAlert> which) {
      return notification.alerts().stream()
          .filter(which)
          .map(told -> told.alert().labels().getOrDefault("instance", told.alert().name()))
          .toList();
    }
  }

  private final String name;
  private final VirtualTime time;
  private final double downFrom;
  private final double downUntil;
  private final double slowUntil;
  private final Duration latency;
  private final Pace pace;
  private final boolean sendResolved;
  private final List<Arrival> arrivals = new ArrayList<>();

  TimelineReceiver(String name, VirtualTime time, VectorObject config) {
    this.name = name;
    this.time = time;
    var down = config.has("receiver_down") ? config.numbers("receiver_down") : new double[] {0, 0};
    downFrom = down[0];
    downUntil =
        name.startsWith("down_until_")
            ? Double.parseDouble(name.substring("down_until_".length()))
            : down[1];
    latency = Duration.ofMillis((long) (1e3 * config.optionalNumber("server_sleep_s").orElse(0)));
    slowUntil = config.optionalNumber("server_fast_after_s").orElse(Double.MAX_VALUE);
    var timeout = config.optionalNumber("request_timeout_s").orElse(10);
    pace = Pace.DEFAULT.timeout(Duration.ofMillis((long) (timeout * 1e3)));
    sendResolved = config.flag("send_resolved", true);
  }

  List<Arrival> arrivals() {
    return arrivals;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Pace pace() {
    return pace;
  }

  @Override
  public boolean sendResolved() {
    return sendResolved;
  }

  private double now() {
    return Duration.between(MutableClock.START, time.instant()).toNanos() / 1e9;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    if (now() >= downFrom && now() < downUntil) {
      return CompletableFuture.completedFuture(Delivery.retry(Failure.CONNECTION, "refused"));
    }
    var stage = new CompletableFuture<Delivery>();
    if (latency.isZero() || now() >= slowUntil) {
      take(notification, stage);
    } else {
      time.schedule(latency, () -> take(notification, stage));
    }
    return stage;
  }

  private void take(Notification notification, CompletableFuture<Delivery> stage) {
    if (stage.complete(Delivery.delivered())) {
      arrivals.add(new Arrival(now(), notification));
    }
  }
}
