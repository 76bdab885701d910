package io.bellwether.spring;

import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.DiscordReceiver;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.alerting.receiver.PagerDutyReceiver;
import io.bellwether.alerting.receiver.SlackReceiver;
import io.bellwether.alerting.receiver.WebhookReceiver;
import io.bellwether.alerting.route.Matcher;
import io.bellwether.alerting.route.Route;
import io.bellwether.spring.BellwetherProperties.ReceiverSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Who is told, as the properties say. */
final class Receivers {
  private Receivers() {}

  static AlertRouterBuilder addTo(
      AlertRouterBuilder router, BellwetherProperties.Alerts alerts, Stream<Receiver> beans) {
    router.receivers(beans.toArray(Receiver[]::new));
    alerts.receivers().forEach((name, settings) -> router.receivers(receiver(name, settings)));
    route(router, Severity.CRITICAL, alerts.critical());
    route(router, Severity.WARNING, alerts.warning());
    route(router, Severity.INFO, alerts.info());
    return router;
  }

  private static void route(AlertRouterBuilder router, Severity severity, List<String> names) {
    if (!names.isEmpty()) {
      router.route(Matcher.severity(severity), Route.toNamed(names.toArray(String[]::new)));
    }
  }

  private static Receiver receiver(String name, ReceiverSettings settings) {
    var secret = Optional.ofNullable(settings.secret());
    return switch (settings.type()) {
      case SLACK -> SlackReceiver.of(name, secret);
      case DISCORD -> DiscordReceiver.of(name, secret);
      case PAGERDUTY -> PagerDutyReceiver.of(name, secret);
      case WEBHOOK -> WebhookReceiver.of(name, secret);
      case LOG -> LogReceiver.named(name);
    };
  }
}
