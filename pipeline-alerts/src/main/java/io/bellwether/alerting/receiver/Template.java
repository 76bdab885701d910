package io.bellwether.alerting.receiver;

import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line made of a notification. Thread-safe.
 *
 * <p>In a text {@code {name}}, {@code {severity}}, {@code {status}}, {@code {summary}}, {@code
 * {nextStep}}, {@code {environment}}, {@code {version}}, {@code {count}}, {@code {reason}} and
 * {@code {label.x}} stand for what the gravest alert says; a name nobody knows stays visible as
 * {@code {?name}}. A template that throws is replaced by the built-in text: an alert is never
 * dropped for it.
 */
public final class Template {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_.]*)}");

  private final Function<Notification, String> text;

  private Template(Function<Notification, String> text) {
    this.text = text;
  }

  /** A template written as text. */
  public static Template of(String text) {
    return new Template(notification -> filled(text, notification));
  }

  /** A template of the host's own. */
  public static Template of(Function<Notification, String> text) {
    return new Template(text);
  }

  /** The line; throws what the host's function throws. */
  String apply(Notification notification) {
    return OneLine.of(text.apply(notification));
  }

  private static String filled(String text, Notification notification) {
    var matcher = PLACEHOLDER.matcher(text);
    var out = new StringBuilder();
    while (matcher.find()) {
      var value = value(matcher.group(1), notification);
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(out).toString();
  }

  private static String value(String name, Notification notification) {
    if (notification.alerts().isEmpty()) {
      return "{?" + name + "}";
    }
    var told = notification.alerts().get(0);
    var alert = told.alert();
    return switch (name) {
      case "name" -> alert.name();
      case "severity" -> alert.severity().name().toLowerCase(Locale.ROOT);
      case "status" -> status(told);
      case "summary" -> alert.summary();
      case "nextStep" -> alert.nextStep();
      case "environment" -> alert.environment();
      case "version" -> alert.version();
      case "count" -> String.valueOf(notification.alerts().size());
      case "reason" -> notification.reason().id();
      default -> label(name, told);
    };
  }

  private static String label(String name, NotifiedAlert told) {
    var value = name.startsWith("label.") ? told.alert().labels().get(name.substring(6)) : null;
    return value == null ? "{?" + name + "}" : value;
  }

  private static String status(NotifiedAlert told) {
    return told.alert().status().name().toLowerCase(Locale.ROOT);
  }
}
