package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A receiver that keeps what it is told, with the time. Thread-safe. */
public final class AlertInbox implements Receiver {
  private final String name;
  private final VirtualTime time;
  private final Instant begin;
  private final Supplier<List<Alert>> told;
  private final Supplier<List<String>> timeline;
  private volatile boolean routed;
  private final List<Received> received = new CopyOnWriteArrayList<>();

  /**
   * A notification that arrived.
   *
   * @param after since the world began
   * @param notification what was told
   */
  public record Received(Duration after, Notification notification) {
    /** For example {@code 0:12:40 WARNING rollout_rolled_back: …}. */
    @Override
    public String toString() {
      var alerts = notification.alerts().stream().map(NotifiedAlert::alert).toList();
      return Timeline.stamp(after) + "  " + Timeline.list(alerts);
    }
  }

  AlertInbox(
      String name, VirtualTime time, Supplier<List<Alert>> told, Supplier<List<String>> timeline) {
    this.name = name;
    this.time = time;
    this.told = told;
    this.timeline = timeline;
    begin = time.instant();
  }

  /** Whoever takes receivers tells them apart by name, so that one who was asked is on a route. */
  @Override
  public String name() {
    routed = true;
    return name;
  }

  /** The name, for messages. */
  String label() {
    return name;
  }

  /** Whether somebody took it as a receiver. */
  boolean isRouted() {
    return routed;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    received.add(new Received(Duration.between(begin, time.instant()), notification));
    return CompletableFuture.completedFuture(Delivery.delivered());
  }

  /** What arrived so far, in order. */
  public List<Received> received() {
    return List.copyOf(received);
  }

  /** The names of the alerts that arrived, each as often as it was told. */
  List<String> names() {
    return received.stream()
        .flatMap(one -> one.notification().alerts().stream())
        .map(one -> one.alert().name())
        .toList();
  }

  /** Whether a rollout had this to tell, whoever was told. */
  boolean wasTold(String alert) {
    return told.get().stream().anyMatch(one -> one.name().equals(alert));
  }

  String timeline() {
    return String.join("\n  ", timeline.get());
  }

  /** How many notifications arrived. */
  @Override
  public String toString() {
    return "inbox '" + name + "' with " + received.size() + " notifications";
  }
}
