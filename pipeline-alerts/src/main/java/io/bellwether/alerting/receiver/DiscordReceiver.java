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
 * Tells a Discord channel through its webhook, in one embed. Thread-safe once it is set up.
 *
 * <p>It waits for the message to be saved, lets nobody be pinged by a text, escapes markup, and
 * keeps Discord's limits. The webhook's address is a secret and stands in no log, exception or
 * {@code toString()}. Without a {@link #client} of the host's it shares one {@link HttpClient},
 * whose threads start with the first message.
 */
public final class DiscordReceiver extends HttpReceiver<DiscordReceiver> {
  private static final int FIRING = 0x992D22;
  private static final int RESOLVED = 0x2ECC71;
  private static final int OTHER = 0x95A5A6;

  /** The longest address that gets a field of its own. */
  private static final int LINK = 500;

  private DiscordReceiver(String name, Optional<Secret> webhook) {
    super(
        "Discord",
        name,
        Pace.DEFAULT.every(Duration.ofSeconds(2), 3).parallel(1),
        AnswerTable.Style.STATUS,
        webhook.map(DiscordReceiver::waiting));
  }

  /** Waiting for the answer is the only way to learn that the message was not saved. */
  private static Secret waiting(Secret webhook) {
    return webhook.use(
        link -> {
          var trimmed = link.trim();
          return Secret.of(trimmed + (trimmed.contains("?") ? "&" : "?") + "wait=true");
        });
  }

  /** A channel by its webhook's address. */
  public static DiscordReceiver of(String name, Secret webhook) {
    return of(name, Optional.of(webhook));
  }

  /** A channel by its webhook's address, if there is one; a router is not built without. */
  public static DiscordReceiver of(String name, Optional<Secret> webhook) {
    return new DiscordReceiver(name, webhook);
  }

  /** The title, in place of the built-in one. */
  public DiscordReceiver title(Template title) {
    this.title = Optional.of(title);
    return this;
  }

  /** It is not told that something is over. */
  public DiscordReceiver withoutResolved() {
    sendResolved = false;
    return this;
  }

  @Override
  DiscordReceiver self() {
    return this;
  }

  @Override
  Map<String, Object> full(Notification notification) {
    var message = Message.of(notification, title);
    var embed = new LinkedHashMap<String, Object>();
    embed.put("title", escaped(message.title(), DiscordLimits.TITLE));
    var lines = new ArrayList<>(message.linesWithin(1_700, 800));
    lines.addAll(message.unfit(LINK));
    embed.put(
        "description",
        lines.stream().map(line -> escaped(line, 1_600)).collect(Collectors.joining("\n")));
    embed.put("color", color(notification));
    embed.put("timestamp", notification.at());
    embed.put("fields", fields(message));
    var payload = payload("");
    payload.put("embeds", List.of(embed));
    return payload;
  }

  private static List<Map<String, Object>> fields(Message message) {
    var fields =
        message.facts().stream()
            .map(fact -> field(fact.name(), escaped(fact.value(), 200), true))
            .collect(Collectors.toList());
    message.logs().ifPresent(link -> link(fields, "Logs", link.toString()));
    message.runbook().ifPresent(link -> link(fields, "Runbook", link.toString()));
    return fields;
  }

  private static void link(List<Map<String, Object>> fields, String name, String link) {
    if (link.length() <= LINK) {
      fields.add(field(name, link, false));
    }
  }

  private static Map<String, Object> field(String name, String value, boolean inline) {
    var field = new LinkedHashMap<String, Object>();
    field.put("name", name);
    field.put("value", value.isEmpty() ? "-" : value);
    field.put("inline", inline);
    return field;
  }

  private static int color(Notification notification) {
    if (notification.firing()) {
      return FIRING;
    }
    return notification.resolved() ? RESOLVED : OTHER;
  }

  /** Cut before it is escaped as well, so that no escape is cut in two. */
  private static String escaped(String text, int most) {
    return Truncation.cut(DiscordText.escape(Truncation.cut(text, most / 2)), most);
  }

  @Override
  Map<String, Object> minimal(Notification notification) {
    return payload(DiscordText.escape(Message.shortest(notification)));
  }

  private static Map<String, Object> payload(String content) {
    var payload = new LinkedHashMap<String, Object>();
    payload.put("content", content);
    payload.put("allowed_mentions", Map.of("parse", List.of()));
    return payload;
  }
}
