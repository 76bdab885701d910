package io.bellwether.leak;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.FileAlertStore;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.DiscordReceiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.alerting.receiver.PagerDutyReceiver;
import io.bellwether.alerting.receiver.SlackReceiver;
import io.bellwether.alerting.receiver.WebhookReceiver;
import io.bellwether.alerting.receiver.WebhookSignature;
import io.bellwether.alertmanager.AlertmanagerConfig;
import io.bellwether.email.EmailReceiver;
import io.bellwether.micrometer.AlertMeters;
import io.bellwether.secret.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Every receiver, the router with its store and its meters, and an Alertmanager file. */
class AlertLeakTest extends Leaks {
  private static final int SOME_PORT = 1;

  private Alert alert() {
    return Alert.of(
        "key_overdue",
        Severity.CRITICAL,
        time.instant(),
        a -> a.firing().summary("Key " + secret + " is overdue").label("key", "" + secret));
  }

  private List<Receiver> receivers(int mailPort) {
    var nowhere = Secret.of("http://127.0.0.1:" + SOME_PORT + "/" + MARK);
    finder.add(nowhere);
    return List.of(
        SlackReceiver.of("slack", nowhere),
        SlackReceiver.of("slack2", secret),
        DiscordReceiver.of("discord", nowhere),
        DiscordReceiver.of("discord2", Optional.of(secret)),
        PagerDutyReceiver.of("pager", secret).events("http://127.0.0.1:" + SOME_PORT),
        WebhookReceiver.of("hook", nowhere).signed(WebhookSignature.github(secret)),
        WebhookReceiver.of("hook2", secret),
        EmailReceiver.create(
            "mail",
            Runnable::run,
            e ->
                e.server("127.0.0.1", mailPort)
                    .from("alerts@example.com")
                    .to("one@example.com")
                    .login("robot", secret)),
        LogReceiver.named("log"),
        LambdaReceiver.of("later", n -> CompletableFuture.supplyAsync(this::fail, Runnable::run)),
        LambdaReceiver.of("throws", n -> fail()),
        LambdaReceiver.blocking("blocks", Runnable::run, n -> fail()));
  }

  /** A mail server that answers every line with what it was told, as some do in their errors. */
  private static Thread parrot(ServerSocket server) {
    var thread =
        new Thread(
            () -> {
              while (!server.isClosed()) {
                try (var socket = server.accept();
                    var in =
                        new BufferedReader(
                            new InputStreamReader(
                                socket.getInputStream(), StandardCharsets.UTF_8))) {
                  var out = socket.getOutputStream();
                  out.write("220 ready\r\n".getBytes(StandardCharsets.UTF_8));
                  for (var line = in.readLine(); line != null; line = in.readLine()) {
                    var answer =
                        line.startsWith("EHLO")
                            ? "250 AUTH PLAIN LOGIN\r\n"
                            : "535 no such user: " + line + " " + CANARY + "\r\n";
                    out.write(answer.getBytes(StandardCharsets.UTF_8));
                  }
                } catch (IOException e) {
                  assertThat(e).as("the client hung up").isNotNull();
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  @Test
  void receivers_that_cannot_deliver() throws IOException {
    var notification =
        new Notification(
            "r",
            "g",
            1,
            Reason.FIRST,
            Map.of(),
            List.of(new NotifiedAlert(alert(), false)),
            1,
            time.instant());
    try (var mail = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      parrot(mail);
      for (var receiver : receivers(mail.getLocalPort())) {
        see(receiver);
        see(receiver.problems());
        attempt(
            () -> receiver.deliver(notification).toCompletableFuture().get(10, TimeUnit.SECONDS));
      }
    }
  }

  @Test
  void a_router_with_its_store_its_meters_and_all_its_receivers() throws IOException {
    Files.createDirectories(written());
    var registry = new SimpleMeterRegistry();
    for (var receiver : receivers(SOME_PORT)) {
      attempt(
          () -> {
            var meters = AlertMeters.of(registry);
            var store = FileAlertStore.open(written().resolve(receiver.name()));
            try (var router =
                AlertRouter.create(
                    r ->
                        r.time(time.source())
                            .critical(receiver)
                            .fallbackTo(LogReceiver.named("fallback"))
                            .store(store)
                            .listener(meters))) {
              meters.queues(router);
              router.notify(alert());
              time.advance(Duration.ofMinutes(20));
              see(router.explain(alert()));
              see(router.groups());
              return router;
            }
          });
    }
    assertThat(registry.getMeters()).isNotEmpty();
    registry.getMeters().forEach(meter -> see(meter.getId() + " " + meter.measure()));
  }

  @Test
  void an_alertmanager_file_that_holds_it() {
    var text = CANARY.replace("'", "''");
    for (var yaml :
        List.of(
            "route: {receiver: a}\nreceivers: [{name: a, slack_configs: [{api_url: '"
                + text
                + "'}]}]",
            "route: {receiver: a}\nreceivers: [{name: a, opsgenie_configs: [{api_key: '"
                + text
                + "'}]}]",
            "global: {smtp_auth_password: '"
                + text
                + "', slack_api_url: '"
                + text
                + "'}\nroute: {receiver: a}\nreceivers: [{name: a}]",
            "global: {smtp_auth_password: '" + text,
            "smtp_auth_password: '" + text + "'\n\tx: 1")) {
      attempt(() -> AlertmanagerConfig.parse(yaml));
    }
  }
}
