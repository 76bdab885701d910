package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Notification;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A notification in words, for receivers of other modules. Nothing is escaped: that is the
 * receiver's part.
 */
public final class MessageText {
  private static final Logger log = LoggerFactory.getLogger(MessageText.class);

  private MessageText() {}

  /** One line that says what it is about; the built-in one if the template throws. */
  public static String title(Notification notification, Optional<Template> template) {
    try {
      return template
          .map(own -> own.apply(notification))
          .orElseGet(() -> OneLine.of(Message.title(notification)));
    } catch (RuntimeException | Error e) {
      log.warn(
          "the template of receiver '{}' failed ({}); the built-in text goes out",
          notification.receiver(),
          e.getClass().getSimpleName());
      return OneLine.of(Message.title(notification));
    }
  }

  /** Type, severity, environment and time of the gravest alert. */
  public static Map<String, String> facts(Notification notification) {
    var facts = new LinkedHashMap<String, String>();
    message(notification).facts().forEach(fact -> facts.put(fact.name(), OneLine.of(fact.value())));
    return facts;
  }

  /** One line for each alert, as many as fit into this many characters, and how many are left. */
  public static List<String> lines(Notification notification, int characters) {
    return message(notification).linesWithin(characters, 2_000);
  }

  /** Links to logs and runbook of the gravest alert, by what they are called. */
  public static Map<String, String> links(Notification notification) {
    var links = new LinkedHashMap<String, String>();
    var message = message(notification);
    message.logs().ifPresent(link -> links.put("View Logs", link.toString()));
    message.runbook().ifPresent(link -> links.put("Runbook", link.toString()));
    return links;
  }

  /** A text of at most this many characters, with an ellipsis at its end if it was cut. */
  public static String cut(String text, int characters) {
    return Truncation.cut(text, characters);
  }

  private static Message message(Notification notification) {
    return Message.of(notification, Optional.empty());
  }
}
