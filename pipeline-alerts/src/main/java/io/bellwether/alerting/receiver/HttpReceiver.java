package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.alerting.receiver.internal.http.HttpCall;
import io.bellwether.alerting.receiver.internal.http.HttpSender;
import io.bellwether.secret.Secret;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What receivers over HTTP have in common: an address that is a secret, a client, a pace, and a
 * shorter message for who refuses the full one.
 *
 * @param <T> the receiver itself, for settings in a row
 */
abstract class HttpReceiver<T extends HttpReceiver<T>> implements Receiver {
  private final String kind;
  private final String name;
  private Pace pace;
  private HttpSender sender = HttpSender.shared();

  /** Where it posts to; empty when its secret is missing. */
  Optional<Secret> address;

  /** How its answers are read. */
  AnswerTable.Style style;

  boolean sendResolved = true;
  Optional<Template> title = Optional.empty();

  HttpReceiver(
      String kind, String name, Pace pace, AnswerTable.Style style, Optional<Secret> address) {
    this.kind = kind;
    this.name = name;
    this.pace = pace;
    this.style = style;
    this.address = address;
  }

  /** The whole message. */
  abstract Map<String, Object> full(Notification notification);

  /** As little as the other side cannot refuse. */
  abstract Map<String, Object> minimal(Notification notification);

  abstract T self();

  /** How a message is posted. */
  HttpCall call(Notification notification, Map<String, Object> payload) {
    return new HttpCall(required(), Map.of(), Json.bytes(payload), style);
  }

  final Secret required() {
    return address.orElseThrow(() -> new IllegalStateException(this + " has no address"));
  }

  /** Sends through this client, which the host closes. */
  public T client(HttpClient client) {
    sender = HttpSender.through(client);
    return self();
  }

  /** How fast it takes notifications. */
  public T pace(Pace pace) {
    this.pace = pace;
    return self();
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

  /** Everything that is wrong with the address, without showing it. */
  @Override
  public List<String> problems() {
    var problems = new ArrayList<String>();

    if (address.isEmpty()) {
      problems.add(this + ": no address; its secret is missing or was not given");
    } else if (!address.get().use(HttpReceiver::isLink)) {
      problems.add(this + ": its address is no http or https link (it is not shown)");
    }
    return problems;
  }

  private static boolean isLink(String address) {
    try {
      return Message.isLink(URI.create(address.trim()));
    } catch (IllegalArgumentException noUri) {
      return false;
    }
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    return sender.send(name, notification, n -> call(n, full(n)), n -> call(n, minimal(n)));
  }

  /** For example {@code Slack receiver 'ops'}; never the address. */
  @Override
  public String toString() {
    return kind + " receiver '" + name + "'";
  }
}
