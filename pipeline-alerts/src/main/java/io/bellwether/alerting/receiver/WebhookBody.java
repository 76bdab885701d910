package io.bellwether.alerting.receiver;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.route.Labels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A notification as data. */
final class WebhookBody {
  private static final String NO_TIME = "0001-01-01T00:00:00Z";

  private WebhookBody() {}

  /** As Alertmanager's webhooks of version 4. */
  static Map<String, Object> alertmanager(Notification notification, int maxAlerts) {
    var shown = shown(notification, maxAlerts);
    var body = new LinkedHashMap<String, Object>();
    body.put("version", "4");
    body.put("groupKey", notification.groupKey());
    body.put("truncatedAlerts", notification.alerts().size() - shown.size());
    body.put("status", notification.resolved() ? "resolved" : "firing");
    body.put("receiver", notification.receiver());
    body.put("groupLabels", new TreeMap<>(notification.groupLabels()));
    body.put("commonLabels", common(notification));
    body.put("commonAnnotations", Map.of());
    body.put("routeLabels", Map.of());
    body.put("externalURL", "");
    body.put("notification_reason", notification.reason().id());
    body.put("alerts", shown.stream().map(WebhookBody::alertmanager).toList());
    return body;
  }

  private static List<NotifiedAlert> shown(Notification notification, int maxAlerts) {
    return maxAlerts > 0 && notification.alerts().size() > maxAlerts
        ? notification.alerts().subList(0, maxAlerts)
        : notification.alerts();
  }

  private static Map<String, String> common(Notification notification) {
    var common = new TreeMap<String, String>();
    var first = true;
    for (var told : notification.alerts()) {
      var labels = Labels.of(told.alert()).sorted();
      if (first) {
        common.putAll(labels);
        first = false;
      }
      common.entrySet().retainAll(labels.entrySet());
    }
    return common;
  }

  private static Map<String, Object> alertmanager(NotifiedAlert told) {
    var alert = told.alert();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("status", told.resolved() ? "resolved" : "firing");
    fields.put("labels", Labels.of(alert).sorted());
    fields.put("annotations", annotations(told));
    fields.put("startsAt", alert.at());
    fields.put("endsAt", alert.endedAt().map(Object::toString).orElse(NO_TIME));
    fields.put("generatorURL", alert.logs().map(Object::toString).orElse(""));
    fields.put("fingerprint", fingerprint(alert));
    return fields;
  }

  private static Map<String, Object> annotations(NotifiedAlert told) {
    var alert = told.alert();
    var annotations = new LinkedHashMap<String, Object>();
    annotations.put("summary", alert.summary());
    if (!alert.nextStep().isEmpty()) {
      annotations.put("next_step", alert.nextStep());
    }
    alert.runbook().ifPresent(link -> annotations.put("runbook_url", link));
    alert.logs().ifPresent(link -> annotations.put("logs_url", link));
    alert
        .measurement()
        .ifPresent(
            found -> {
              annotations.put("value", found.value());
              annotations.put("threshold", found.threshold());
              annotations.put("window", found.window());
            });
    if (told.late()) {
      annotations.put("late", "true");
    }
    return annotations;
  }

  private static String fingerprint(Alert alert) {
    return Keys.hash(Labels.of(alert).toString()).substring(0, 16);
  }

  /** In the library's own words. */
  static Map<String, Object> own(Notification notification, int maxAlerts) {
    var shown = shown(notification, maxAlerts);
    var body = new LinkedHashMap<String, Object>();
    body.put("format", 1);
    body.put("receiver", notification.receiver());
    body.put("reason", notification.reason().id());
    body.put("group", notification.groupKey());
    body.put("sequence", notification.sequence());
    body.put("at", notification.at());
    body.put("count", notification.alerts().size());
    body.put("groups", notification.groups());
    var alerts = new ArrayList<Map<String, Object>>();
    shown.forEach(told -> alerts.add(own(told)));
    body.put("alerts", alerts);
    return body;
  }

  private static Map<String, Object> own(NotifiedAlert told) {
    var alert = told.alert();
    var fields = new LinkedHashMap<String, Object>();
    fields.put("name", alert.name());
    fields.put("severity", Labels.of(alert).value("severity"));
    fields.put("status", alert.status().name().toLowerCase(Locale.ROOT));
    fields.put("key", alert.key());
    fields.put("at", alert.at());
    alert.endedAt().ifPresent(end -> fields.put("endedAt", end));
    fields.putAll(annotations(told));
    fields.put("labels", new TreeMap<>(alert.labels()));
    return fields;
  }
}
