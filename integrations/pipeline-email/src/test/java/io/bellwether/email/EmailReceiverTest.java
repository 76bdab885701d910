package io.bellwether.email;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.receiver.Template;
import io.bellwether.secret.Secret;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmailReceiverTest {
  private static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");
  private static final SSLContext KEYS = TestKeys.certifiedFor("ip:127.0.0.1");

  private final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private StartTlsProxy proxy;

  @BeforeEach
  void start() throws IOException {
    mail.start();
    proxy = new StartTlsProxy(KEYS, mail.getSmtp().getPort());
  }

  @AfterEach
  void stop() throws IOException {
    proxy.close();
    mail.stop();
  }

  private EmailReceiver receiver(int port, UnaryOperator<EmailSettings> more) {
    return EmailReceiver.create(
        "on-call",
        Runnable::run,
        e ->
            more.apply(
                e.server("127.0.0.1", port)
                    .from("alerts@example.com")
                    .to("one@example.com")
                    .sockets(KEYS.getSocketFactory())));
  }

  private static Notification telling(long sequence, Reason reason, Alert alert) {
    return new Notification(
        "on-call",
        "group",
        sequence,
        reason,
        Map.of(),
        List.of(new NotifiedAlert(alert, false)),
        1,
        NOW);
  }

  private static Alert alert(String name) {
    return Alert.of(
        name,
        Severity.CRITICAL,
        NOW,
        a ->
            a.firing()
                .summary("Error rate <b>7.2%</b> in caf\u00e9")
                .nextStep("Roll back.")
                .runbook(URI.create("https://wiki.example.com/?a=1&b=2"))
                .label("environment", "production"));
  }

  private static Delivery deliver(EmailReceiver receiver, Notification notification) {
    return receiver.deliver(notification).toCompletableFuture().join();
  }

  @Test
  void mails_of_a_group_are_one_thread_and_say_that_a_machine_made_them() throws Exception {
    var receiver = receiver(proxy.port(), e -> e);
    assertThat(deliver(receiver, telling(7, Reason.FIRST, alert("error_rate_high"))).arrived())
        .isTrue();
    deliver(receiver, telling(8, Reason.ALL_RESOLVED, alert("error_rate_high").resolved(NOW)));

    var mails = mail.getReceivedMessages();
    assertThat(mails).hasSize(2);
    assertThat(header(mails[0], "References")).isEqualTo(header(mails[1], "References"));
    assertThat(header(mails[0], "In-Reply-To")).isEqualTo(header(mails[0], "References"));
    assertThat(mails[0].getMessageID()).isNotEqualTo(mails[1].getMessageID()).contains(".7@");
    assertThat(header(mails[0], "Auto-Submitted")).isEqualTo("auto-generated");
    assertThat(header(mails[0], "X-Auto-Response-Suppress")).isEqualTo("All");
    assertThat(header(mails[0], "List-Id")).isEqualTo("<on-call.alerts.bellwether>");
    assertThat(header(mails[0], "Importance")).isEqualTo("high");
    assertThat(header(mails[1], "X-Alert-Status")).isEqualTo("resolved");
    assertThat(mails[0].getHeader("Precedence")).isNull();
    assertThat(mails[0].getSubject()).isEqualTo("CRITICAL: error_rate_high");
    var parts = (MimeMultipart) mails[0].getContent();
    assertThat(parts.getBodyPart(0).getContent().toString())
        .contains("Environment: production")
        .contains("Error rate <b>7.2%</b> in caf\u00e9 Next: Roll back.");
    assertThat(parts.getBodyPart(1).getContent().toString())
        .contains("&lt;b&gt;7.2%&lt;/b&gt;")
        .contains("href=\"https://wiki.example.com/?a=1&amp;b=2\"");
  }

  private static String header(MimeMessage message, String name) throws Exception {
    return message.getHeader(name)[0];
  }

  @Test
  void no_text_adds_a_header() throws Exception {
    var evil = "x\r\nBcc: evil@example.org\n\nbody\u2028\u760D\u760A";
    var receiver =
        receiver(proxy.port(), e -> e.subject(Template.of("{name} {label.environment}")));
    deliver(receiver, telling(1, Reason.FIRST, alert(evil)));

    var got = mail.getReceivedMessages()[0];
    assertThat(mail.getReceivedMessages()).hasSize(1);
    assertThat(got.getHeader("Bcc")).isNull();
    assertThat(got.getSubject().lines()).hasSize(1);
    assertThat(got.getAllRecipients()).hasSize(1);
  }

  @Test
  void a_server_without_starttls_gets_nothing() throws Exception {
    try (var plain = new ScriptedSmtp(Map.of("EHLO", "250 plain.example.com"))) {
      var delivery = deliver(receiver(plain.port(), e -> e), telling(1, Reason.FIRST, alert("a")));

      assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.DISABLED);
      assertThat(delivery.detail()).contains("does not offer STARTTLS");
      assertThat(plain.commands()).noneMatch(command -> command.startsWith("MAIL"));
    }
  }

  @Test
  void a_server_with_another_servers_certificate_gets_nothing() throws Exception {
    var others = TestKeys.certifiedFor("dns:other.example.com");
    try (var pretender = new StartTlsProxy(others, mail.getSmtp().getPort())) {
      var receiver = receiver(pretender.port(), e -> e.sockets(others.getSocketFactory()));

      assertThat(deliver(receiver, telling(1, Reason.FIRST, alert("a"))).arrived()).isFalse();
      assertThat(mail.getReceivedMessages()).isEmpty();
    }
  }

  @Test
  void a_recipient_that_is_refused_keeps_nobody_else_from_being_told() throws Exception {
    try (var server = new ScriptedSmtp(Map.of("RCPT", "550 no such user", "DATA", "354 go"));
        var secure = new StartTlsProxy(KEYS, server.port())) {
      var delivery = deliver(receiver(secure.port(), e -> e), telling(1, Reason.FIRST, alert("a")));

      assertThat(delivery).isEqualTo(Delivery.permanent(Failure.CLIENT_ERROR, "SMTP reply 550"));
    }
    try (var server =
            new ScriptedSmtp(
                Map.of(
                    "RCPT TO:<one@example.com>", "550 no such user",
                    "DATA", "354 go",
                    ".", "250 taken"));
        var secure = new StartTlsProxy(KEYS, server.port())) {
      var both = receiver(secure.port(), e -> e.to("two@example.com"));

      assertThat(deliver(both, telling(1, Reason.FIRST, alert("a"))).arrived()).isTrue();
      assertThat(server.commands()).contains("DATA", ".");
    }
  }

  @Test
  void a_server_that_is_busy_is_tried_again() throws Exception {
    try (var server = new ScriptedSmtp(Map.of("MAIL", "451 try later"));
        var secure = new StartTlsProxy(KEYS, server.port())) {
      var delivery = deliver(receiver(secure.port(), e -> e), telling(1, Reason.FIRST, alert("a")));

      assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.RETRY);
    }
  }

  @Test
  void a_login_that_cannot_be_taken_now_is_tried_again() throws Exception {
    try (var server =
            new ScriptedSmtp(
                Map.of(
                    "EHLO", "250-mail.example.com\r\n250 AUTH PLAIN",
                    "AUTH", "454 temporary authentication failure"));
        var secure = new StartTlsProxy(KEYS, server.port())) {
      var receiver = receiver(secure.port(), e -> e.login("user", Secret.of("WRONGSECRET")));

      var delivery = deliver(receiver, telling(1, Reason.FIRST, alert("a")));

      assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.RETRY);
      assertThat(delivery.detail()).isEqualTo("the mail server cannot take a login now");
    }
  }

  @Test
  void a_login_that_is_refused_closes_the_receiver_and_shows_no_password() {
    mail.getUserManager().setAuthRequired(true);
    mail.setUser("user", "right");
    var receiver = receiver(proxy.port(), e -> e.login("user", Secret.of("WRONGSECRET")));

    var delivery = deliver(receiver, telling(1, Reason.FIRST, alert("a")));

    assertThat(delivery.outcome()).isEqualTo(Delivery.Outcome.DISABLED);
    assertThat(delivery.failure()).isEqualTo(Failure.AUTH_ERROR);
    assertThat(delivery + receiver.toString()).doesNotContain("WRONGSECRET");
  }

  @Test
  void the_right_password_is_taken() {
    mail.setUser("user", "right");
    var receiver = receiver(proxy.port(), e -> e.login("user", Secret.of("right")));

    assertThat(deliver(receiver, telling(1, Reason.FIRST, alert("a"))).arrived()).isTrue();
  }

  @Test
  void a_server_that_is_not_there_may_come_back() throws IOException {
    var port = proxy.port();
    proxy.close();

    assertThat(deliver(receiver(port, e -> e), telling(1, Reason.FIRST, alert("a"))).failure())
        .isEqualTo(Failure.CONNECTION);
  }

  @Test
  void everything_that_is_wrong_is_said_when_the_router_is_built() {
    var receiver =
        EmailReceiver.create(
            "broken",
            Runnable::run,
            e ->
                e.server("", 70_000)
                    .from("Somebody <a@b>")
                    .to("caf\u00e9@example.com")
                    .login("user", Optional.empty()));

    assertThatThrownBy(() -> AlertRouter.create(r -> r.critical(receiver)))
        .isInstanceOfSatisfying(
            InvalidConfigurationException.class,
            refused -> assertThat(refused.problems()).hasSize(5));
  }
}
