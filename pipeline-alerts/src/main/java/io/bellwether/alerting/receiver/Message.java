package io.bellwether.alerting.receiver;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.time.Durations;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A notification in words that every receiver lays out in its own way; nothing is escaped yet. */
record Message(
    String title, List<Fact> facts, List<String> lines, Optional<URI> logs, Optional<URI> runbook) {
  /** A name and a value. */
  record Fact(String name, String value) {}

  static Message of(Notification notification, Optional<Template> title) {
    var gravest = notification.alerts().isEmpty() ? null : notification.alerts().get(0).alert();
    return new Message(
        MessageText.title(notification, title),
        facts(notification),
        lines(notification),
        gravest == null ? Optional.empty() : gravest.logs().filter(Message::isLink),
        gravest == null ? Optional.empty() : gravest.runbook().filter(Message::isLink));
  }

  /** Whether people may be led there: nothing but a page of the web. */
  static boolean isLink(URI address) {
    var scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    return (scheme.equals("https") || scheme.equals("http"))
        && address.getHost() != null
        && address.getPort() <= 65_535;
  }

  /** The shortest that still says what it is about. */
  static String shortest(Notification notification) {
    return Truncation.cut(OneLine.of(title(notification)), 120);
  }

  static String title(Notification notification) {
    var status = status(notification);
    if (notification.reason() == Reason.STORM) {
      return status
          + ": "
          + notification.alerts().size()
          + " alerts in "
          + notification.groups()
          + " groups within a minute";
    }
    if (notification.alerts().isEmpty()) {
      return status;
    }
    var first = notification.alerts().get(0).alert();
    var more = notification.alerts().size() - 1;
    var release = first.labels().getOrDefault("release", "");
    return status
        + ": "
        + called(first)
        + (release.isEmpty() ? "" : " (" + release + ")")
        + (more == 0 ? "" : " and " + more + " more");
  }

  private static String called(Alert alert) {
    return alert.name().isBlank() ? "an alert without a name" : alert.name();
  }

  static String status(Notification notification) {
    if (notification.reason() == Reason.LATE) {
      return "RESOLVED (told late)";
    }
    return notification.resolved() ? "RESOLVED" : notification.severity().name();
  }

  private static List<Fact> facts(Notification notification) {
    if (notification.alerts().isEmpty()) {
      return List.of();
    }
    var first = notification.alerts().get(0).alert();
    var environment = first.environment();
    return List.of(
        new Fact("Type", called(first)),
        new Fact("Severity", notification.severity().name().toLowerCase(Locale.ROOT)),
        new Fact("Environment", environment.isEmpty() ? "not stated" : environment),
        new Fact("Time", time(first.at())));
  }

  static String time(Instant at) {
    return DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
        .format(at.atZone(ZoneOffset.UTC));
  }

  private static List<String> lines(Notification notification) {
    var lines = new ArrayList<String>();
    for (var told : notification.alerts()) {
      lines.add(line(told));
    }
    return lines;
  }

  /** What happened, since when, and what to do: one line for each alert. */
  static String line(NotifiedAlert told) {
    var alert = told.alert();
    var text = new StringBuilder(alert.summary().isBlank() ? called(alert) : alert.summary());
    if (!alert.version().isEmpty()) {
      text.append(" [version ").append(alert.version()).append(']');
    }
    alert
        .endedAt()
        .ifPresent(
            end ->
                text.append(" \u2013 over since ")
                    .append(time(end))
                    .append(", after ")
                    .append(lasted(alert.at(), end)));
    if (told.late()) {
      text.append(" (it began and ended while this receiver could not be reached)");
    }
    if (!told.resolved() && !alert.nextStep().isEmpty()) {
      text.append(" Next: ").append(alert.nextStep());
    }
    return OneLine.of(text.toString());
  }

  private static String lasted(Instant from, Instant to) {
    var lasted = Duration.between(from, to).truncatedTo(ChronoUnit.SECONDS);
    return Durations.plain(lasted.isZero() || lasted.isNegative() ? Duration.ofSeconds(1) : lasted);
  }

  /** What stands in place of links that do not fit: half an address leads nowhere. */
  List<String> unfit(int longest) {
    var unfit = new ArrayList<String>();
    unfit(unfit, "logs", logs, longest);
    unfit(unfit, "runbook", runbook, longest);
    return unfit;
  }

  private static void unfit(List<String> unfit, String what, Optional<URI> link, int longest) {
    link.map(address -> address.toString().length())
        .filter(length -> length > longest)
        .ifPresent(
            length ->
                unfit.add(
                    "There is a link to the "
                        + what
                        + ", too long to stand here: "
                        + length
                        + " characters."));
  }

  /** As many lines as fit into a budget of characters, and how many are left. */
  List<String> linesWithin(int budget, int longest) {
    var fitting = new ArrayList<String>();
    var left = budget;
    for (var line : lines) {
      var cut = Truncation.cut(line, longest);
      if (cut.length() + 1 > left - 30) {
        fitting.add("\u2026 and " + (lines.size() - fitting.size()) + " more");
        return fitting;
      }
      fitting.add(cut);
      left -= cut.length() + 1;
    }
    return fitting;
  }
}
