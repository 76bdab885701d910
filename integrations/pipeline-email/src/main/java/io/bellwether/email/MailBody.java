package io.bellwether.email;

import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.receiver.MessageText;
import java.util.stream.Collectors;

/** What a mail says, in text and in HTML. */
final class MailBody {
  private static final int BUDGET = 60_000;

  private MailBody() {}

  static String text(Notification notification) {
    var text = new StringBuilder();
    MessageText.facts(notification)
        .forEach((name, value) -> text.append(name).append(": ").append(value).append('\n'));
    text.append('\n');
    MessageText.lines(notification, BUDGET).forEach(line -> text.append(line).append('\n'));
    text.append('\n');
    MessageText.links(notification)
        .forEach((name, link) -> text.append(name).append(": ").append(link).append('\n'));
    return text.toString();
  }

  static String html(Notification notification) {
    var facts =
        MessageText.facts(notification).entrySet().stream()
            .map(
                f -> "<tr><th>" + escape(f.getKey()) + "</th><td>" + escape(f.getValue()) + "</td>")
            .collect(Collectors.joining("</tr>\n"));
    var lines =
        MessageText.lines(notification, BUDGET).stream()
            .map(line -> "<li>" + escape(line) + "</li>")
            .collect(Collectors.joining("\n"));
    var links =
        MessageText.links(notification).entrySet().stream()
            .map(l -> "<a href=\"" + escape(l.getValue()) + "\">" + escape(l.getKey()) + "</a>")
            .collect(Collectors.joining(" \u00b7 "));
    return "<html><body>\n<table>\n"
        + facts
        + "</tr>\n</table>\n<ul>\n"
        + lines
        + "\n</ul>\n<p>"
        + links
        + "</p>\n</body></html>\n";
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
