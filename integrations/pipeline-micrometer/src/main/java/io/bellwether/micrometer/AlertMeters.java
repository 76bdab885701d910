package io.bellwether.micrometer;

import io.bellwether.alerting.AlertListener;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/**
 * Publishes what becomes of notifications as Micrometer meters:
 *
 * <pre>{@code
 * var meters = AlertMeters.of(registry);
 * var router = AlertRouter.create(r -> r.critical(pager).listener(meters));
 * meters.queues(router);
 * }</pre>
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>tags</th><th>value</th></tr>
 *   <tr><td>bellwether.alert.notifications</td><td>receiver, reason, outcome, failure</td>
 *       <td>attempts, by what came of them; {@code failure} is {@code none} or says why, such as
 *       {@code rateLimited}</td></tr>
 *   <tr><td>bellwether.alert.delivery</td><td>receiver</td>
 *       <td>how long those that arrived took, waiting included</td></tr>
 *   <tr><td>bellwether.alert.given.up</td><td></td>
 *       <td>alerts nobody could be told of within a day</td></tr>
 *   <tr><td>bellwether.alert.queue</td><td>receiver</td><td>notifications that wait</td></tr>
 * </table>
 *
 * <p>No tag holds an address, a label or a text. Thread-safe.
 */
public final class AlertMeters implements AlertListener {
  private final MeterRegistry registry;

  private AlertMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Meters in this registry. */
  public static AlertMeters of(MeterRegistry registry) {
    return new AlertMeters(registry);
  }

  /** Publishes how many notifications wait for each receiver of a router. */
  public void queues(AlertRouter router) {
    for (var receiver : router.waiting().keySet()) {
      Gauge.builder("bellwether.alert.queue", router, r -> r.waiting().getOrDefault(receiver, 0))
          .description("Notifications that wait")
          .tag("receiver", receiver)
          .register(registry);
    }
  }

  @Override
  public void answered(Notification notification, Delivery delivery, Duration took) {
    Counter.builder("bellwether.alert.notifications")
        .description("Attempts to deliver notifications")
        .tag("receiver", notification.receiver())
        .tag("reason", notification.reason().id())
        .tag("outcome", RolloutMeters.word(delivery.outcome()))
        .tag("failure", delivery.failure().tag())
        .register(registry)
        .increment();
    if (delivery.arrived()) {
      Timer.builder("bellwether.alert.delivery")
          .description("How long notifications took")
          .tag("receiver", notification.receiver())
          .register(registry)
          .record(took);
    }
  }

  @Override
  public void givenUp(String what) {
    Counter.builder("bellwether.alert.given.up")
        .description("Alerts nobody could be told of")
        .register(registry)
        .increment();
  }
}
