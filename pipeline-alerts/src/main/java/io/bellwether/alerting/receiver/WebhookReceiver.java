package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.alerting.receiver.internal.http.HttpCall;
import io.bellwether.secret.Secret;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Posts notifications as JSON: the body of Alertmanager's webhooks, version 4, or the library's
 * own. Thread-safe once it is set up.
 *
 * <p>Each request has an {@code Idempotency-Key}, the same for every attempt of a notification, and
 * may be signed. The address is a secret and stands in no log, exception or {@code toString()}.
 */
public final class WebhookReceiver implements Receiver {
  /** How the body is made. */
  private enum Body {
    ALERTMANAGER,
    OWN
  }

  private final HttpSettings settings;
  private final Body body;
  private int maxAlerts;
  private @Nullable WebhookSignature signature;
  private AnswerTable.Style style = AnswerTable.Style.STATUS;

  private WebhookReceiver(HttpSettings settings, Body body) {
    this.settings = settings;
    this.body = body;
  }

  /** Posts the library's own JSON. */
  public static WebhookReceiver of(String name, Secret address) {
    return of(name, Optional.of(address));
  }

  /** Posts the library's own JSON, if there is an address; a router is not built without. */
  public static WebhookReceiver of(String name, Optional<Secret> address) {
    return new WebhookReceiver(settings(name, address), Body.OWN);
  }

  /** Posts what Alertmanager posts, version 4. */
  public static WebhookReceiver alertmanager(String name, Secret address) {
    return new WebhookReceiver(settings(name, Optional.of(address)), Body.ALERTMANAGER);
  }

  private static HttpSettings settings(String name, Optional<Secret> address) {
    var settings = new HttpSettings("Webhook", name, Pace.DEFAULT);
    settings.address = address.orElse(null);
    return settings;
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

  /** Sends through this client, which the host closes. */
  public WebhookReceiver client(HttpClient client) {
    settings.client(client);
    return this;
  }

  /** How fast it takes notifications. */
  public WebhookReceiver pace(Pace pace) {
    settings.pace = pace;
    return this;
  }

  /** It is not told that something is over. */
  public WebhookReceiver withoutResolved() {
    settings.sendResolved = false;
    return this;
  }

  @Override
  public String name() {
    return settings.name;
  }

  @Override
  public Pace pace() {
    return settings.pace;
  }

  @Override
  public boolean sendResolved() {
    return settings.sendResolved;
  }

  @Override
  public List<String> problems() {
    var problems = new ArrayList<>(settings.problems());
    if (maxAlerts < 0) {
      problems.add(settings + ": maxAlerts " + maxAlerts + " is negative; 0 is no limit");
    }
    return problems;
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    return settings.sender.send(
        settings.name, notification, n -> call(n, body(n, maxAlerts)), n -> call(n, body(n, 1)));
  }

  Map<String, Object> body(Notification notification, int most) {
    return switch (body) {
      case ALERTMANAGER -> WebhookBody.alertmanager(notification, most);
      case OWN -> WebhookBody.own(notification, most);
    };
  }

  private HttpCall call(Notification notification, Map<String, Object> document) {
    var bytes = Json.bytes(document);
    var headers = new LinkedHashMap<String, String>();
    headers.put("Idempotency-Key", notification.idempotencyKey());
    var signing = signature;
    if (signing != null) {
      headers.putAll(signing.headers(bytes, notification.at()));
    }
    return new HttpCall(settings.required(), headers, bytes, style);
  }

  /** For example {@code Webhook receiver 'ops'}. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
