package io.bellwether.leak;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.notice.NotifiedAlert;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.DiscordReceiver;
import io.bellwether.alerting.receiver.PagerDutyReceiver;
import io.bellwether.alerting.receiver.SlackReceiver;
import io.bellwether.alerting.receiver.WebhookReceiver;
import io.bellwether.alerting.receiver.WebhookSignature;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.ConfigWatch;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.prompt.PromptValidator;
import io.bellwether.release.Release;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.source.SecretAge;
import io.bellwether.secret.source.SecretRotation;
import io.bellwether.secret.source.SecretSources;
import io.bellwether.testing.VirtualTime;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * A canary goes in wherever a secret can, and is looked for in everything that comes out: texts,
 * exceptions with their causes, JSON, serialised bytes and every log line at TRACE. No masker is
 * installed: nothing may need one.
 */
class SecretLeakTest {
  private static final String MARK = "Zq81xW7";
  private static final String CANARY = "cnry \"" + MARK + "<&>/+\u00e9'%?" + MARK;

  private final Secret secret = Secret.of(CANARY);
  private final SecretMasker finder = SecretMasker.create();
  private final VirtualTime time = VirtualTime.create();
  private final List<String> seen = new ArrayList<>();
  private final ListAppender<ILoggingEvent> logs = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  @TempDir private Path folder;

  @BeforeEach
  void listen() {
    finder.add(secret);
    root.setLevel(Level.TRACE);
    logs.setContext((LoggerContext) LoggerFactory.getILoggerFactory());
    logs.start();
    root.addAppender(logs);
  }

  @AfterEach
  void look() {
    root.detachAppender(logs);
    for (var event : logs.list) {
      see(event.getFormattedMessage());
      see(event.getMDCPropertyMap());
      if (event.getThrowableProxy() != null) {
        see(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    assertThat(seen).as("nothing was looked at").isNotEmpty();
    assertThat(seen)
        .allSatisfy(
            text -> {
              assertThat(text).doesNotContain(MARK);
              assertThat(finder.mask(text)).isSameAs(text);
            });
  }

  private void see(Object shown) {
    seen.add(String.valueOf(shown));
  }

  private interface Attempt {
    Object run() throws Exception;
  }

  /** Whatever comes of it: a value, or an exception with its whole trace. */
  private void attempt(Attempt attempt) {
    try {
      see(attempt.run());
    } catch (Exception failure) {
      var trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      see(trace);
    }
  }

  private ConfigLoader loader(String yaml) {
    return ConfigLoader.of(ConfigLayer.text("f.yml", yaml))
        .secrets(SecretSources.inMemory(Map.of("AI_API_KEY", secret)).scope("production"))
        .environment("production");
  }

  @Test
  void the_finder_finds_it() {
    var forms =
        List.of(
            java.util.Base64.getEncoder()
                .encodeToString(("x" + CANARY).getBytes(StandardCharsets.UTF_8)),
            java.util.HexFormat.of().formatHex(CANARY.getBytes(StandardCharsets.UTF_8)));
    assertThat(forms).noneSatisfy(text -> assertThat(finder.mask(text)).isSameAs(text));
    see("the finder works");
  }

  @Test
  void a_configuration_that_works() throws IOException {
    var config = loader("ai: {api_key: \"${AI_API_KEY}\", model: 'x-${AI_API_KEY}'}").load();
    see(config);
    see(config.toJson());
    see(config.toYaml());
    see(config.explain("ai.api_key"));
    see(config.explain("ai.model"));
    see(config.warnings());
    var bound = loader("ai: {api_key: \"${AI_API_KEY}\"}").load();
    var settings = DeliverySettings.from(bound);
    see(settings);
    see(settings.thresholds());
    attempt(() -> new Gson().toJson(settings.ai().apiKey().orElseThrow()));
    var mapper =
        JsonMapper.builder()
            .visibility(PropertyAccessor.FIELD, Visibility.ANY)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();
    attempt(() -> mapper.writeValueAsString(settings.ai().apiKey().orElseThrow()));
    attempt(() -> JsonMapper.builder().build().writeValueAsString(settings.ai().apiKey()));
    var bytes = new ByteArrayOutputStream();
    attempt(
        () -> {
          try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(settings.ai().apiKey().orElseThrow());
          }
          return "serialised";
        });
    see(bytes.toString(StandardCharsets.ISO_8859_1));
  }

  @Test
  void configurations_that_do_not_work() {
    for (var yaml :
        List.of(
            "ai: {temperature: '${AI_API_KEY}'}",
            "ai: {temperature: 9, model: '${AI_API_KEY}'}",
            "ai: {modle: '${AI_API_KEY}'}",
            "ai: {api_key: [\"${AI_API_KEY}\"]}",
            "ai: {api_key: {a: \"${AI_API_KEY}\"}}",
            "ai: '${AI_API_KEY}'",
            "deployment: {endpoint: '${AI_API_KEY}'}",
            "monitoring: {health_check_interval: '${AI_API_KEY}'}",
            "monitoring: {error_threshold: '${AI_API_KEY}'}",
            "rate_limits: {burst_size: '${AI_API_KEY}', requests_per_minute: '${AI_API_KEY}'}",
            "ai: {api_key: \"${AI_API_KEY}${MISSING}\"}")) {
      attempt(() -> DeliverySettings.from(loader(yaml).load()));
    }
    var text = CANARY.replace("'", "''");
    for (var yaml :
        List.of(
            "a: '" + text,
            "a: '" + text + "'\na: '" + text + "'",
            "a: '" + text + "'\n---\nb: '" + text + "'",
            "'" + text + "'",
            "- '" + text + "'",
            "a: !x '" + text + "'",
            "? ['" + text + "']\n: x",
            "a: '" + text + "'\n\tb: 1",
            "a: '${" + text + "'",
            "a: '" + text + " ${{ x }}'",
            "api_key: '" + text + "'",
            "ai: {max_tokens: '" + text + "', api_key: '" + text + "'}")) {
      attempt(() -> DeliverySettings.from(loader(yaml).load()));
    }
    attempt(() -> loader("a: ${AI_API_KEY}").environment("staging").load());
  }

  @Test
  void a_rotated_secret_and_a_broken_reload() throws IOException {
    Files.writeString(folder.resolve("base.yml"), "api_key: ${AI_API_KEY}");
    var rotation =
        SecretRotation.of(
            "AI_API_KEY",
            SecretScope.repository(),
            Secret.of("the first edition"),
            time.instant(),
            SecretAge.production(),
            time.source().wall(),
            SecretMasker.create());
    var audited =
        SecretSources.audited(rotation, "watch", time.source().wall(), access -> see(access));
    try (var watch =
        ConfigWatch.start(ConfigLoader.from(folder).secrets(audited), time, Duration.ofSeconds(30))
            .onChange(this::see)
            .onFailure(this::see)) {
      rotation.create(secret);
      rotation.verified();
      rotation.promote(Duration.ofHours(1));
      time.advance(Duration.ofSeconds(30));
      see(rotation);
      see(rotation.find("AI_API_KEY"));
      Files.writeString(folder.resolve("base.yml"), "api_key: [${AI_API_KEY}");
      time.advance(Duration.ofSeconds(30));
      assertThat(watch.failure()).isPresent();
      see(watch.failure());
    }
  }

  @Test
  void sources_and_what_they_find() throws IOException {
    Files.writeString(folder.resolve("AI_API_KEY"), CANARY);
    var files = SecretSources.files(folder).scope("production");
    see(files);
    see(files.find("AI_API_KEY"));
    attempt(() -> files.find(CANARY));
    see(secret);
    see(secret.reference());
    attempt(() -> secret.use(URI::create));
    attempt(() -> secret.use(Integer::valueOf));
  }

  @Test
  void alerts_and_receivers_that_cannot_deliver() {
    var nowhere = Secret.of("http://127.0.0.1:1/" + MARK);
    finder.add(nowhere);
    List<Receiver> receivers =
        List.of(
            SlackReceiver.of("slack", nowhere),
            SlackReceiver.of("slack", secret),
            DiscordReceiver.of("discord", nowhere),
            DiscordReceiver.of("discord", Optional.of(secret)),
            PagerDutyReceiver.of("pager", secret).events("http://127.0.0.1:1"),
            WebhookReceiver.of("hook", nowhere).signed(WebhookSignature.github(secret)),
            WebhookReceiver.of("hook", secret));
    var alert =
        Alert.of("key_overdue", Severity.WARNING, time.instant(), a -> a.summary("Key " + secret));
    see(alert);
    var notification =
        new Notification(
            "r",
            "g",
            1,
            Reason.FIRST,
            Map.of(),
            List.of(new NotifiedAlert(alert, false)),
            1,
            time.instant());
    for (var receiver : receivers) {
      see(receiver);
      see(receiver.problems());
      attempt(() -> receiver.deliver(notification).toCompletableFuture().get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void routing_and_metrics_of_calls_that_fail_with_it() {
    var windows = OutcomeWindows.create(time);
    var release = Release.named("chat").initial("v1");
    var router = LocalRouter.of(release, r -> r.windows(windows));
    for (var i = 0; i < 5; i++) {
      attempt(() -> router.call("user", version -> secret.use(URI::create)));
    }
    var window = windows.of("chat", release.initial());
    see(window.snapshot());
    see(window);
    see(router);
    see(windows.document("chat", release.initial(), Duration.ofMinutes(5)).map(d -> d.toJson()));
  }

  @Test
  void prompts_with_it() throws IOException {
    var token = "ghp_" + "a1B2c3D4e5F6g7H8i9J0".repeat(2).substring(0, 36);
    finder.add(Secret.of(token));
    Files.writeString(
        folder.resolve("p.md"), "---\nmodel: " + token + "\n---\nUse " + token + " {{x}}\n");
    Files.writeString(folder.resolve("q.yml"), "template: '" + token);
    var report = PromptValidator.validate(folder);
    assertThat(report.passed()).isFalse();
    see(report);
    see(report.toJson());
    see(report.toSarif());
  }
}
