package io.bellwether.alerting.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Measurement;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.TestServer;
import io.bellwether.alerting.logs.CapturedLogs;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Keys;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Pace;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.notice.internal.json.Json;
import io.bellwether.secret.Secret;
import io.bellwether.testing.Cases;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReceiversTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private final TestServer server = TestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private static Alert alert() {
    return Alert.of(
        "error_rate_high",
        Severity.CRITICAL,
        NOW,
        a ->
            a.firing()
                .key("k")
                .measurement(new Measurement("error_rate", "7.2%", "5%", Duration.ofMinutes(5)))
                .summary("Error rate: 7.2% (threshold: 5%) in last 5 minutes")
                .nextStep("Roll back.")
                .logs(URI.create("https://logs.example.com/?q=chat"))
                .runbook(URI.create("https://wiki.example.com/error_rate_high"))
                .label("release", "chat")
                .label("version", "v7")
                .label("environment", "production"));
  }

  private static Notification telling(Reason reason, Alert... alerts) {
    var told = new ArrayList<NotifiedAlert>();
    for (var alert : alerts) {
      told.add(new NotifiedAlert(alert, reason == Reason.LATE));
    }
    return new Notification("r", "group", 7, reason, Map.of(), told, 1, NOW);
  }

  private static Delivery deliver(Receiver receiver, Notification notification) {
    return receiver
        .deliver(notification)
        .toCompletableFuture()
        .orTimeout(10, TimeUnit.SECONDS)
        .join();
  }

  private Map<String, Object> sent(int nth) {
    return Json.object(server.requests().get(nth).body().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void slack_gets_a_header_four_fields_details_and_two_buttons() {
    var delivery =
        deliver(
            SlackReceiver.of("ops", server.secret("/services/T/B/X")),
            telling(Reason.FIRST, alert()));

    assertThat(delivery.arrived()).isTrue();
    assertThat(server.requests().get(0).path()).isEqualTo("/services/T/B/X");
    assertThat(Json.text(sent(0)))
        .isEqualTo(
            "{\"text\":\"CRITICAL: error_rate_high (chat)\",\"blocks\":["
                + "{\"type\":\"header\",\"text\":{\"type\":\"plain_text\",\"text\":\"CRITICAL:"
                + " error_rate_high (chat)\"}},"
                + "{\"type\":\"section\",\"fields\":["
                + "{\"type\":\"mrkdwn\",\"text\":\"*Type:*\\nerror_rate_high\"},"
                + "{\"type\":\"mrkdwn\",\"text\":\"*Severity:*\\ncritical\"},"
                + "{\"type\":\"mrkdwn\",\"text\":\"*Environment:*\\nproduction\"},"
                + "{\"type\":\"mrkdwn\",\"text\":\"*Time:*\\n2026-01-01 10:00:00 UTC\"}]},"
                + "{\"type\":\"section\",\"text\":{\"type\":\"mrkdwn\",\"text\":\"*Details:*\\n"
                + "Error rate: 7.2% (threshold: 5%) in last 5 minutes [version v7]"
                + " Next: Roll back.\"}},"
                + "{\"type\":\"actions\",\"elements\":["
                + "{\"type\":\"button\",\"text\":{\"type\":\"plain_text\",\"text\":\"View Logs\"},"
                + "\"url\":\"https://logs.example.com/?q=chat\",\"style\":\"danger\"},"
                + "{\"type\":\"button\",\"text\":{\"type\":\"plain_text\",\"text\":\"Runbook\"},"
                + "\"url\":\"https://wiki.example.com/error_rate_high\"}]}]}");
  }

  @Test
  void nobody_is_led_anywhere_but_to_a_page_of_the_web() {
    var odd =
        Alert.of(
            "error_rate_high",
            Severity.CRITICAL,
            NOW,
            a ->
                a.firing()
                    .logs(URI.create("javascript:alert(1)"))
                    .runbook(URI.create("https://wiki.example.com:99999/page")));
    deliver(SlackReceiver.of("ops", server.secret("/a")), telling(Reason.FIRST, odd));
    deliver(DiscordReceiver.of("dis", server.secret("/b")), telling(Reason.FIRST, odd));

    assertThat(server.requests()).hasSize(2);
    assertThat(Json.text(sent(0)) + Json.text(sent(1)))
        .doesNotContain("javascript", "wiki.example.com", "actions");
    assertThat(SlackReceiver.of("far", Secret.of("http://127.0.0.1:99999/x")).problems())
        .containsExactly(
            "Slack receiver 'far': its address is no http or https link (it is not shown)");
  }

  @Test
  void a_link_that_does_not_fit_is_told_of() {
    var runbook = URI.create("https://wiki.example.com/" + "x".repeat(4_000));
    var told = telling(Reason.FIRST, alert().toBuilder().runbook(runbook).build());

    for (var sent :
        List.of(
            SlackReceiver.of("s", Secret.of("http://x/")).full(told),
            DiscordReceiver.of("d", Secret.of("http://x/")).full(told))) {
      assertThat(Json.text(sent))
          .contains("There is a link to the runbook, too long to stand here: 4025 characters.")
          .contains("https://logs.example.com/?q=chat")
          .doesNotContain("xxxx");
    }
  }

  @Test
  void an_alert_that_says_nothing_is_told_as_such() {
    var nameless = Alert.of("", Severity.CRITICAL, NOW, Alert.Builder::firing);
    var sent = SlackReceiver.of("s", Secret.of("http://x/")).full(telling(Reason.FIRST, nameless));

    assertThat(Json.text(sent))
        .contains("CRITICAL: an alert without a name")
        .contains("*Details:*\\nan alert without a name");
  }

  @Test
  void slack_and_discord_never_get_more_than_they_take_nor_anything_unescaped() {
    Cases.forAll(
        "limits and escapes",
        60,
        gen -> {
          var alerts = new ArrayList<Alert>();
          for (var i = gen.between(1, 300); i > 0; i--) {
            var text =
                gen.string(3) + "<!channel> @everyone [x](y) & " + gen.string(gen.between(0, 400));
            var name = gen.word() + gen.string(gen.between(0, 300));
            alerts.add(
                Alert.of(
                    name,
                    gen.pick(Severity.values()),
                    NOW,
                    a -> a.summary(text).label("environment", text)));
          }
          var notification = telling(Reason.EVENT, alerts.toArray(Alert[]::new));
          var slack = SlackReceiver.of("s", Secret.of("http://x/")).full(notification);
          var discord = DiscordReceiver.of("d", Secret.of("http://x/")).full(notification);

          assertThat(Json.text(slack)).doesNotContain("<!channel>");
          assertThat(Json.text(slack.get("blocks")).length()).isLessThan(14_000);
          assertThat(Json.text(discord)).doesNotContain(" @everyone").doesNotContain(" [x]");
          assertThat(DiscordLimits.problem(List.of(lengths(discord)))).isEmpty();
          assertThat(Json.text(discord)).contains("\"allowed_mentions\":{\"parse\":[]}");
        });
  }

  private static DiscordLimits.Lengths lengths(Map<String, Object> message) {
    var embed = (Map<?, ?>) ((List<?>) message.get("embeds")).get(0);
    var names = new ArrayList<Integer>();
    var values = new ArrayList<Integer>();
    for (var field : (List<?>) embed.get("fields")) {
      names.add(((String) ((Map<?, ?>) field).get("name")).length());
      values.add(((String) ((Map<?, ?>) field).get("value")).length());
    }
    return new DiscordLimits.Lengths(
        ((String) embed.get("title")).length(),
        ((String) embed.get("description")).length(),
        names,
        values);
  }

  @Test
  void discord_waits_for_the_message_to_be_saved() {
    server.always(TestServer.status(200, "{\"id\":\"1\"}"));
    var receiver = DiscordReceiver.of("ops", server.secret("/api/webhooks/1/x"));

    assertThat(deliver(receiver, telling(Reason.FIRST, alert())).arrived()).isTrue();
    assertThat(server.requests().get(0).path()).isEqualTo("/api/webhooks/1/x?wait=true");
  }

  @Test
  void pagerduty_opens_and_closes_one_incident_under_one_key() {
    server.always(TestServer.status(202, "{}"));
    var pager = pagerDuty();
    deliver(pager, telling(Reason.FIRST, alert()));
    deliver(pager, telling(Reason.ALL_RESOLVED, alert().resolved(NOW.plusSeconds(60))));

    assertThat(server.requests())
        .extracting(TestServer.Request::path)
        .containsExactly("/v2/enqueue", "/v2/enqueue");
    assertThat(sent(0))
        .containsEntry("event_action", "trigger")
        .containsEntry("dedup_key", Keys.hash("group"))
        .containsKey("links");
    assertThat((Map<?, ?>) sent(0).get("payload"))
        .extracting("severity", "summary", "source")
        .containsExactly("critical", "CRITICAL: error_rate_high (chat)", "chat");
    assertThat(sent(1))
        .containsOnlyKeys("routing_key", "event_action", "dedup_key")
        .containsEntry("event_action", "resolve")
        .containsEntry("dedup_key", Keys.hash("group"));
  }

  private PagerDutyReceiver pagerDuty() {
    return PagerDutyReceiver.of("on-call", Secret.of("k".repeat(32))).events(server.url("/"));
  }

  @Test
  void what_is_for_information_and_what_is_late_never_pages() {
    server.always(TestServer.status(202, "{}"));
    var promoted = Alert.of("deployment_completed", Severity.INFO, NOW, a -> a);
    deliver(pagerDuty(), telling(Reason.EVENT, promoted));
    deliver(pagerDuty(), telling(Reason.LATE, alert().resolved(NOW.plusSeconds(60))));

    assertThat(server.requests())
        .extracting(TestServer.Request::path)
        .containsExactly("/v2/change/enqueue", "/v2/change/enqueue");
    assertThat(sent(0)).doesNotContainKeys("event_action", "dedup_key");
  }

  @Test
  void a_webhook_is_signed_over_its_exact_bytes_and_says_which_notice_it_is() {
    var secret = Secret.of("shared");
    var webhook =
        WebhookReceiver.alertmanager("hook", server.secret("/hook"))
            .signed(WebhookSignature.slack(secret));
    deliver(webhook, telling(Reason.FIRST, alert()));

    var request = server.requests().get(0);
    var body = request.body().getBytes(StandardCharsets.UTF_8);
    var old = WebhookSignature.slack(Secret.of("old"));
    var both = List.of(old, WebhookSignature.slack(secret));
    assertThat(WebhookSignature.verify(both, request.headers(), body, NOW)).isTrue();
    assertThat(WebhookSignature.verify(List.of(old), request.headers(), body, NOW)).isFalse();
    assertThat(WebhookSignature.verify(both, request.headers(), body, NOW.plusSeconds(301)))
        .isFalse();
    assertThat(request.headers()).containsEntry("idempotency-key", Keys.hash("group") + "-7");
    assertThat(Json.object(body))
        .containsEntry("version", "4")
        .containsEntry("status", "firing")
        .containsEntry("truncatedAlerts", 0L);
  }

  @Test
  void answers_mean_what_the_table_says() {
    var slack = SlackReceiver.of("ops", server.secret("/x"));
    server.then(
        TestServer.status(429, "", "Retry-After: 30"),
        TestServer.status(
            503,
            "",
            "Date: Thu, 01 Jan 2026 10:00:00 GMT",
            "Retry-After: Thu, 01 Jan 2026 10:00:20 GMT"),
        TestServer.status(301, "", "Location: http://127.0.0.1:1/"),
        TestServer.status(403, "invalid_token"),
        TestServer.status(200, "{\"ok\":false,\"error\":\"rate_limited\",\"retry_after\":2.5}"),
        TestServer.reset());

    var told = telling(Reason.FIRST, alert());
    assertThat(deliver(slack, told).retryAfter()).contains(Duration.ofSeconds(30));
    assertThat(deliver(slack, told).retryAfter()).contains(Duration.ofSeconds(20));
    assertThat(deliver(slack, told).outcome()).isEqualTo(Delivery.Outcome.PERMANENT);
    assertThat(deliver(slack, told))
        .isEqualTo(Delivery.disabled(Failure.AUTH_ERROR, "status 403, invalid_token"));
    assertThat(deliver(slack, told).retryAfter()).contains(Duration.ofMillis(2_500));
    assertThat(deliver(slack, told).failure()).isEqualTo(Failure.CONNECTION);
  }

  @Test
  void a_message_refused_for_its_content_is_sent_once_more_as_short_as_can_be() {
    server.then(TestServer.status(400, "invalid_blocks"), TestServer.status(200, "ok"));
    var slack = SlackReceiver.of("ops", server.secret("/x"));

    assertThat(deliver(slack, telling(Reason.FIRST, alert())).arrived()).isTrue();
    assertThat(sent(1)).containsOnlyKeys("text");
  }

  @Test
  void a_template_that_throws_drops_nothing() {
    var slack =
        SlackReceiver.of("ops", server.secret("/x"))
            .title(Template.of(n -> String.valueOf(1 / (n.alerts().size() - 1))));

    assertThat(deliver(slack, telling(Reason.FIRST, alert())).arrived()).isTrue();
    assertThat(sent(0))
        .containsEntry("text", "CRITICAL: error_rate_high (chat)")
        .containsKey("blocks");
    assertThat(CapturedLogs.lines()).anyMatch(line -> line.contains("ArithmeticException"));
  }

  @Test
  void a_template_fills_in_what_it_knows_and_shows_what_it_does_not() {
    var template = Template.of("{severity} {name} {label.release} {label.none} {nonsense}");

    assertThat(template.apply(telling(Reason.FIRST, alert())))
        .isEqualTo("critical error_rate_high chat {?label.none} {?nonsense}");
  }

  @Test
  void servers_that_hang_or_trickle_are_given_up_on_and_hold_nobody_up() {
    server.then(TestServer.slowBytes(), TestServer.hang(), TestServer.reset());
    var patience = Pace.DEFAULT.timeout(Duration.ofMillis(150));
    var hook = WebhookReceiver.of("hook", server.secret("/x")).pace(patience);
    var other = new CompletableFuture<Notification>();
    var lambda =
        LambdaReceiver.of(
            "other",
            n -> {
              other.complete(n);
              return CompletableFuture.completedFuture(Delivery.delivered());
            });
    try (var router = AlertRouter.create(r -> r.critical(hook, lambda))) {
      router.notify(alert());
      assertThat(other.orTimeout(5, TimeUnit.SECONDS).join().alerts()).hasSize(1);
      assertThat(eventually(() -> server.requests().size() >= 4)).isTrue();
      var keys = server.requests().stream().map(r -> r.headers().get("idempotency-key")).distinct();
      assertThat(keys).hasSize(1);
    }
  }

  /** Waits for something real to happen, with a deadline. */
  private static boolean eventually(BooleanSupplier condition) {
    var deadline = System.nanoTime() + Duration.ofSeconds(15).toNanos();
    while (System.nanoTime() - deadline < 0) {
      if (condition.getAsBoolean()) {
        return true;
      }
      Thread.onSpinWait();
      LockSupport.parkNanos(5_000_000);
    }
    return false;
  }

  @Test
  void a_lambda_that_blocks_keeps_few_threads() {
    var waiting = new ArrayList<Runnable>();
    var receiver = LambdaReceiver.blocking("slow", waiting::add, n -> {});
    for (var i = 0; i < 8; i++) {
      assertThat(receiver.deliver(telling(Reason.FIRST, alert())).toCompletableFuture())
          .isNotDone();
    }

    var refused = deliver(receiver, telling(Reason.FIRST, alert()));

    assertThat(refused).isEqualTo(Delivery.retry(Failure.TIMEOUT, "earlier calls still hang"));
    assertThat(waiting).hasSize(8);
  }

  @Test
  void missing_and_broken_secrets_are_said_together_and_not_shown() {
    assertThatThrownBy(
            () ->
                AlertRouter.create(
                    r ->
                        r.critical(
                            PagerDutyReceiver.of("pager", Secret.of("tooshort-SECRETPART")),
                            SlackReceiver.of("slack", Optional.empty()),
                            DiscordReceiver.of("discord", Secret.of("SECRETPART is no link")),
                            PagerDutyReceiver.of("none", Optional.empty()))))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused ->
                assertThat(refused.problems())
                    .hasSize(4)
                    .noneMatch(text -> text.contains("SECRETPART"))
                    .anyMatch(text -> text.contains("PagerDuty receiver 'pager'"))
                    .anyMatch(text -> text.contains("Slack receiver 'slack': no address")));
  }

  @Test
  void text_is_cut_on_whole_characters() {
    assertThat(Truncation.characters("ab\uD83D\uDE00cdef", 4).text()).isEqualTo("ab\u2026");
    assertThat(Truncation.codePoints("ab\uD83D\uDE00cdef", 4).text())
        .isEqualTo("ab\uD83D\uDE00\u2026");
    assertThat(OneLine.of("a\r\nb\u2028c\u0085d")).isEqualTo("a  b c d");
  }
}
