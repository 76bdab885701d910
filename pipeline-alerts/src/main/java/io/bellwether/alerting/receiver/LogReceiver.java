package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Receiver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes notifications to the log: critical alerts as errors, warnings as warnings. */
public final class LogReceiver implements Receiver {
  private final String name;
  private final Logger logger;

  private LogReceiver(String name, Logger logger) {
    this.name = name;
    this.logger = logger;
  }

  /** Writes to the logger {@code bellwether.alerts.<name>}. */
  public static LogReceiver named(String name) {
    return new LogReceiver(name, LoggerFactory.getLogger("bellwether.alerts." + name));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    notification.alerts().forEach(told -> log(notification, told));
    return CompletableFuture.completedFuture(Delivery.delivered());
  }

  private void log(Notification notification, NotifiedAlert told) {
    var text = OneLine.of(told.alert() + (told.late() ? " (told late)" : ""));
    var reason = notification.reason().id();
    if (told.resolved()) {
      logger.info("{}: {}", reason, text);
      return;
    }
    switch (told.alert().severity()) {
      case CRITICAL -> logger.error("{}: {}", reason, text);
      case WARNING -> logger.warn("{}: {}", reason, text);
      case INFO -> logger.info("{}: {}", reason, text);
    }
  }

  /** For example {@code log receiver 'log'}. */
  @Override
  public String toString() {
    return "log receiver '" + name + "'";
  }
}
