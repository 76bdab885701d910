package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.TestServer;
import io.bellwether.alerting.logs.CapturedLogs;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.receiver.ReceiverVectors;
import io.bellwether.alerting.receiver.SlackReceiver;
import io.bellwether.alerting.receiver.internal.http.AnswerTable;
import io.bellwether.alerting.receiver.internal.http.HttpAnswer;
import io.bellwether.secret.Secret;
import io.bellwether.vectors.VectorObject;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What answers mean, and what failures show. */
final class DeliveryVector {
  private DeliveryVector() {}

  static void outcome(VectorObject given, VectorObject expect) {
    expect.skip("alertmanager_0_34");
    var channel = given.text("channel");
    var delivery = delivery(channel, given);
    var wanted = expect.text("outcome");
    switch (wanted) {
      case "delivered" -> assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.DELIVERED);
      case "retry" -> assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.RETRY);
      case "permanent" ->
          assertThat(delivery.outcome())
              .isIn(Delivery.Outcome.PERMANENT, Delivery.Outcome.DISABLED);
      case "permanent_disable" ->
          assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.DISABLED);
      default -> throw new AssertionError("unknown outcome " + wanted);
    }
    expect
        .optionalNumber("min_delay_s")
        .ifPresent(
            seconds ->
                assertThat(delivery.retryAfter().orElseThrow().toMillis())
                    .isGreaterThanOrEqualTo((long) (seconds * 1e3)));
  }

  private static Delivery delivery(String channel, VectorObject given) {
    var status = (int) given.number("status");
    if (channel.equals("email")) {
      given.skip("body");
      return Delivery.smtp(status);
    }
    var style =
        switch (channel) {
          case "slack" -> AnswerTable.Style.SLACK;
          case "pagerduty" -> AnswerTable.Style.PAGERDUTY;
          case "teams" -> AnswerTable.Style.BODY_ONE;
          case "discord", "webhook" -> AnswerTable.Style.STATUS;
          default -> throw new AssertionError("unknown channel " + channel);
        };
    Map<String, String> headers = given.has("headers") ? given.textsByName("headers") : Map.of();
    var body = given.raw("body") == null ? "" : given.text("body");
    return AnswerTable.read(new HttpAnswer(status, headers, body), style, Instant.EPOCH);
  }

  static Notification notification(int alerts) {
    var told = new ArrayList<NotifiedAlert>();
    for (var i = 0; i < alerts; i++) {
      var instance = "i" + i;
      told.add(
          new NotifiedAlert(
              Alert.of(
                  "alert",
                  Severity.CRITICAL,
                  Instant.EPOCH,
                  alert -> alert.firing().label("instance", instance)),
              false));
    }
    return new Notification("r", "key", 1, Reason.FIRST, Map.of(), told, 1, Instant.EPOCH);
  }

  static void webhook(VectorObject given, VectorObject expect) {
    var body =
        ReceiverVectors.webhookBody(
            notification((int) given.number("alerts")), (int) given.number("max_alerts"));
    assertThat((List<?>) body.get("alerts")).hasSize((int) expect.number("alerts"));
    assertThat(body.get("truncatedAlerts")).isEqualTo((int) expect.number("truncatedAlerts"));
  }

  /** Whatever fails, the secret part of the address shows nowhere. */
  static void redaction(VectorObject given, VectorObject expect) {
    var secret = expect.text("secret");
    var path = URI.create(given.text("url")).getPath();
    assertThat(path).contains(secret);
    expect.skip("absent_from");
    var shown = new ArrayList<String>();
    for (var failure : given.text("failure").split(" \\| ")) {
      try (var server = TestServer.start()) {
        var address = answering(server, failure, path);
        var receiver = SlackReceiver.of("ops", Secret.of(address + "\n"));
        shown.add(receiver.toString() + receiver.problems() + receiver.pace());
        shown.add(delivered(receiver, failure));
      }
    }
    var malformed = SlackReceiver.of("ops", Secret.of("ht tp://" + path));
    shown.add(malformed.toString() + malformed.problems());
    shown.add(delivered(malformed, "malformed"));
    shown.addAll(CapturedLogs.lines());
    assertThat(shown).noneMatch(text -> text.contains(secret));
  }

  private static String answering(TestServer server, String failure, String path) {
    switch (failure) {
      case "429" -> server.always(TestServer.status(429, path, "Retry-After: 1"));
      case "500" -> server.always(TestServer.status(500, path));
      case "timeout", "cancelled" -> server.always(TestServer.hang());
      case "connection refused" -> {
        var url = server.url(path);
        server.close();
        return url;
      }
      default -> throw new AssertionError("unknown failure " + failure);
    }
    return server.url(path);
  }

  private static String delivered(SlackReceiver receiver, String failure) {
    var stage = receiver.deliver(notification(1)).toCompletableFuture();
    try {
      if (failure.equals("timeout")) {
        return String.valueOf(stage.get(50, TimeUnit.MILLISECONDS));
      }
      if (failure.equals("cancelled")) {
        stage.cancel(true);
      }
      var delivery = stage.join();
      assertThat(delivery.arrived()).isFalse();
      return delivery.toString();
    } catch (CancellationException
        | CompletionException
        | ExecutionException
        | TimeoutException
        | InterruptedException e) {
      stage.cancel(true);
      return e + " " + e.getCause();
    }
  }
}
