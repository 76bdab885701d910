package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.secret.Secret;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
public final class SlackReceiver extends HttpReceiver<SlackReceiver> {
  private SlackReceiver(String name, Optional<Secret> webhook) {
    super(
        "Slack",
        name,
        Pace.DEFAULT.every(Duration.ofSeconds(1), 3).parallel(1),
        AnswerTable.Style.SLACK,
        webhook);
  }

  /** A channel by its webhook's address. */
  public static SlackReceiver of(String name, Secret webhook) {
    return of(name, Optional.of(webhook));
  }

  /** A channel by its webhook's address, if there is one; a router is not built without. */
  public static SlackReceiver of(String name, Optional<Secret> webhook) {
    return new SlackReceiver(name, webhook);
  }

  /** The header, in place of the built-in one. */
  public SlackReceiver title(Template title) {
    this.title = Optional.of(title);
    return this;
  }

  /** It is not told that something is over. */
  public SlackReceiver withoutResolved() {
    sendResolved = false;
    return this;
  }

  @Override
  SlackReceiver self() {
    return this;
  }

  @Override
  Map<String, Object> full(Notification notification) {
    var message = Message.of(notification, title);
    var payload = new LinkedHashMap<String, Object>();
    payload.put("text", SlackText.escape(Truncation.cut(message.title(), 1_000)));
    payload.put("blocks", blocks(message));
    return payload;
  }

  private static List<Map<String, Object>> blocks(Message message) {
    var lines = new ArrayList<>(message.linesWithin(6_000, 1_500));
    lines.addAll(message.unfit(SlackBlocks.URL));
    var details = lines.stream().map(SlackText::escape).collect(Collectors.joining("\n"));
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

  @Override
  Map<String, Object> minimal(Notification notification) {
    return Map.of("text", SlackText.escape(Message.shortest(notification)));
  }
}
