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
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/**
 * Tells a Slack channel through its incoming webhook, in blocks: a header, four fields, details,
 * buttons to logs and runbook. Thread-safe once it is set up.
 *
 * <p>About one message a second, as Slack asks. Text is escaped, too long messages are split and
 * cut. The webhook's address is a secret and stands in no log, exception or {@code toString()}.
 *
 * <p>Without a {@link #client} of the host's it shares one {@link HttpClient}, whose threads start
 * with the first message.
 */
public final class SlackReceiver implements Receiver {
  private final HttpSettings settings;

  private SlackReceiver(HttpSettings settings) {
    this.settings = settings;
  }

  /** A channel by its webhook's address. */
  public static SlackReceiver of(String name, Secret webhook) {
    return of(name, Optional.of(webhook));
  }

  /** A channel by its webhook's address, if there is one; a router is not built without. */
  public static SlackReceiver of(String name, Optional<Secret> webhook) {
    var settings =
        new HttpSettings("Slack", name, Pace.DEFAULT.every(Duration.ofSeconds(1), 3).parallel(1));
    settings.address = webhook.orElse(null);
    return new SlackReceiver(settings);
  }

  /** Sends through this client, which the host closes. */
  public SlackReceiver client(HttpClient client) {
    settings.client(client);
    return this;
  }

  /** The header, in place of the built-in one. */
  public SlackReceiver title(Template title) {
    settings.title = Optional.of(title);
    return this;
  }

  /** How fast it takes messages. */
  public SlackReceiver pace(Pace pace) {
    settings.pace = pace;
    return this;
  }

  /** It is not told that something is over. */
  public SlackReceiver withoutResolved() {
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
    return settings.problems();
  }

  @Override
  public CompletionStage<Delivery> deliver(Notification notification) {
    return settings.sender.send(
        settings.name, notification, n -> call(full(n)), n -> call(minimal(n)));
  }

  private HttpCall call(Map<String, Object> payload) {
    return new HttpCall(
        settings.required(), Map.of(), Json.bytes(payload), AnswerTable.Style.SLACK);
  }

  Map<String, Object> full(Notification notification) {
    var message = Message.of(notification, settings.title);
    var payload = new LinkedHashMap<String, Object>();
    payload.put("text", SlackText.escape(Truncation.cut(message.title(), 1_000)));
    payload.put("blocks", blocks(message));
    return payload;
  }

  private static List<Map<String, Object>> blocks(Message message) {
    var details =
        message.linesWithin(6_000, 1_500).stream()
            .map(SlackText::escape)
            .collect(Collectors.joining("\n"));
    return new SlackBlocks()
        .header(message.title())
        .fields(
            message.facts().stream()
                .map(fact -> "*" + fact.name() + ":*\n" + SlackText.escape(fact.value()))
                .toList())
        .section("*Details:*\n" + details)
        .buttons(buttons(message))
        .build();
  }

  private static List<SlackBlocks.Button> buttons(Message message) {
    var buttons = new ArrayList<SlackBlocks.Button>();
    message
        .logs()
        .ifPresent(
            link -> buttons.add(new SlackBlocks.Button("View Logs", link.toString(), "danger")));
    message
        .runbook()
        .ifPresent(link -> buttons.add(new SlackBlocks.Button("Runbook", link.toString(), "")));
    return buttons;
  }

  private static Map<String, Object> minimal(Notification notification) {
    return Map.of("text", SlackText.escape(Message.shortest(notification)));
  }

  /** For example {@code Slack receiver 'ops'}. */
  @Override
  public String toString() {
    return settings.toString();
  }
}
