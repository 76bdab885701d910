package io.bellwether.alerting.receiver;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.alerting.receiver.internal.http.HttpCall;
import io.bellwether.alerting.route.Labels;
import io.bellwether.secret.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Pages through PagerDuty's Events API v2: one incident for each group, resolved when all of it is
 * over. Thread-safe once it is set up.
 *
 * <p>What is for information never pages: it is sent as a change event, as are incidents that are
 * told late. An incident's key is the SHA-256 of the group's. The routing key is a secret and
 * stands in no log, exception or {@code toString()}.
 *
 * <p>Source of the format: PagerDuty's Events API v2, {@code /v2/enqueue} and {@code
 * /v2/change/enqueue}.
 */
public final class PagerDutyReceiver extends HttpReceiver<PagerDutyReceiver> {
  private static final int SUMMARY = 1_024;
  private static final int DETAIL_LINES = 100;

  private final Optional<Secret> routingKey;
  private String source = "bellwether";

  private PagerDutyReceiver(String name, Optional<Secret> routingKey) {
    super(
        "PagerDuty",
        name,
        Pace.DEFAULT.every(Duration.ofMillis(500), 10).parallel(2),
        AnswerTable.Style.PAGERDUTY,
        Optional.of(Secret.of("https://events.pagerduty.com")));
    this.routingKey = routingKey;
  }

  /** A service by its routing key. */
  public static PagerDutyReceiver of(String name, Secret routingKey) {
    return of(name, Optional.of(routingKey));
  }

  /** A service by its routing key, if there is one; a router is not built without. */
  public static PagerDutyReceiver of(String name, Optional<Secret> routingKey) {
    return new PagerDutyReceiver(name, routingKey);
  }

  /** Where events go, for accounts of other regions; {@code https://events.pagerduty.com}. */
  public PagerDutyReceiver events(String base) {
    address =
        Optional.of(Secret.of(base.endsWith("/") ? base.substring(0, base.length() - 1) : base));
    return this;
  }

  /** What an incident says it comes from, when its alerts have no release; {@code bellwether}. */
  public PagerDutyReceiver source(String source) {
    this.source = source;
    return this;
  }

  /** The incident's summary, in place of the built-in one. */
  public PagerDutyReceiver title(Template title) {
    this.title = Optional.of(title);
    return this;
  }

  @Override
  public List<String> problems() {
    var problems = new ArrayList<>(super.problems());
    if (routingKey.isEmpty()) {
      problems.add(this + ": no routing key; its secret is missing or was not given");
    } else if (!routingKey.get().use(key -> key.trim().length() == 32)) {
      problems.add(this + ": its routing key does not have 32 characters (it is not shown)");
    }
    return problems;
  }

  @Override
  PagerDutyReceiver self() {
    return this;
  }

  @Override
  HttpCall call(Notification notification, Map<String, Object> event) {
    var path = pages(notification) ? "/v2/enqueue" : "/v2/change/enqueue";
    return new HttpCall(
        required().use(base -> Secret.of(base + path)), Map.of(), Json.bytes(event), style);
  }

  static boolean pages(Notification notification) {
    return notification.reason() == Reason.ALL_RESOLVED && isStormOver(notification)
        || notification.severity() != Severity.INFO && notification.reason() != Reason.LATE;
  }

  /** The end of a storm, which was paged as one incident. */
  private static boolean isStormOver(Notification notification) {
    return notification.groups() == 0;
  }

  @Override
  Map<String, Object> full(Notification notification) {
    var message = Message.of(notification, title);
    var event = event(notification);
    var payload = payload(notification, message.title());
    payload.put("custom_details", details(notification, message));
    if (!isResolve(notification)) {
      event.put("payload", payload);
      event.put("links", links(message));
    }
    return event;
  }

  @Override
  Map<String, Object> minimal(Notification notification) {
    var event = event(notification);
    if (!isResolve(notification)) {
      event.put("payload", payload(notification, Message.shortest(notification)));
    }
    return event;
  }

  private static boolean isResolve(Notification notification) {
    return pages(notification) && notification.reason() == Reason.ALL_RESOLVED;
  }

  private Map<String, Object> event(Notification notification) {
    var event = new LinkedHashMap<String, Object>();
    event.put("routing_key", routingKey.orElseThrow().use(String::trim));
    if (pages(notification)) {
      event.put("event_action", isResolve(notification) ? "resolve" : "trigger");
      event.put("dedup_key", Keys.hash(incident(notification)));
      if (!isResolve(notification)) {
        event.put("client", "Bellwether");
      }
    }
    return event;
  }

  /** An event is an incident of its own: nothing will ever resolve it but a person. */
  private static String incident(Notification notification) {
    var onlyEvents =
        notification.alerts().stream()
            .allMatch(told -> told.alert().status() == Alert.Status.EVENT);
    return onlyEvents && !notification.alerts().isEmpty()
        ? notification.groupKey() + "/" + notification.alerts().get(0).alert().key()
        : notification.groupKey();
  }

  private Map<String, Object> payload(Notification notification, String title) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("summary", Truncation.cut(title, SUMMARY));
    payload.put("timestamp", notification.at());
    payload.put("source", notification.commonLabels().getOrDefault("release", source));
    if (pages(notification) && !notification.alerts().isEmpty()) {
      var gravest = notification.alerts().get(0).alert();
      payload.put("severity", PagerDutySeverity.of(Labels.of(gravest).value("severity")));
      payload.put("class", gravest.name());
    }
    return payload;
  }

  private static Map<String, Object> details(Notification notification, Message message) {
    var details = new LinkedHashMap<String, Object>();
    message.facts().forEach(fact -> details.put(fact.name(), Truncation.cut(fact.value(), 1_000)));
    details.put("reason", notification.reason().id());
    details.put(
        "alerts", message.linesWithin(100_000, 1_000).stream().limit(DETAIL_LINES).toList());
    details.put("count", notification.alerts().size());
    return details;
  }

  private static List<Map<String, Object>> links(Message message) {
    var links = new ArrayList<Map<String, Object>>();
    message.logs().ifPresent(link -> links.add(Map.of("href", link, "text", "Logs")));
    message.runbook().ifPresent(link -> links.add(Map.of("href", link, "text", "Runbook")));
    return links;
  }
}
