package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.alerting.receiver.internal.http.HttpCall;
import io.bellwether.secret.Secret;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications as JSON: the body of Alertmanager's webhooks, version 4, or the library's
 * own. Thread-safe once it is set up.
 *
 * <p>Each request has an {@code Idempotency-Key}, the same for every attempt of a notification, and
 * may be signed. The address is a secret and stands in no log, exception or {@code toString()}.
 */
public final class WebhookReceiver extends HttpReceiver<WebhookReceiver> {
  /** How the body is made. */
  private enum Body {
    ALERTMANAGER,
    OWN
  }

  private final Body body;
  private int maxAlerts;
  private @Nullable WebhookSignature signature;

  private WebhookReceiver(String name, Optional<Secret> address, Body body) {
    super("Webhook", name, Pace.DEFAULT, AnswerTable.Style.STATUS, address);
    this.body = body;
  }

  /** Posts the library's own JSON. */
  public static WebhookReceiver of(String name, Secret address) {
    return of(name, Optional.of(address));
  }

  /** Posts the library's own JSON, if there is an address; a router is not built without. */
  public static WebhookReceiver of(String name, Optional<Secret> address) {
    return new WebhookReceiver(name, address, Body.OWN);
  }

  /** Posts what Alertmanager posts, version 4. */
  public static WebhookReceiver alertmanager(String name, Secret address) {
    return new WebhookReceiver(name, Optional.of(address), Body.ALERTMANAGER);
  }

  /** Signs what it posts. */
  public WebhookReceiver signed(WebhookSignature signature) {
    this.signature = signature;
    return this;
  }

  /** At most this many alerts in a body, which says how many are left out; no limit unless said. */
  public WebhookReceiver maxAlerts(int alerts) {
    maxAlerts = alerts;
    return this;
  }

  /** Only the body {@code 1} says that a message was taken, as with old Teams connectors. */
  public WebhookReceiver expectingBodyOne() {
    style = AnswerTable.Style.BODY_ONE;
    return this;
  }

  /** It is not told that something is over. */
  public WebhookReceiver withoutResolved() {
    sendResolved = false;
    return this;
  }

  @Override
  public List<String> problems() {
    var problems = new ArrayList<>(super.problems());
    if (maxAlerts < 0) {
      problems.add(this + ": maxAlerts " + maxAlerts + " is negative; 0 is no limit");
    }
    return problems;
  }

  @Override
  WebhookReceiver self() {
    return this;
  }

  @Override
  Map<String, Object> full(Notification notification) {
    return body(notification, maxAlerts);
  }

  @Override
  Map<String, Object> minimal(Notification notification) {
    return body(notification, 1);
  }

  Map<String, Object> body(Notification notification, int most) {
    return switch (body) {
      case ALERTMANAGER -> WebhookBody.alertmanager(notification, most);
      case OWN -> WebhookBody.own(notification, most);
    };
  }

  @Override
  HttpCall call(Notification notification, Map<String, Object> document) {
    var bytes = Json.bytes(document);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Idempotency-Key", notification.idempotencyKey());
    var signing = signature;
    if (signing != null) {
      headers.putAll(signing.headers(bytes, notification.at()));
    }
    return new HttpCall(required(), headers, bytes, style);
  }
}
