package io.bellwether.leak;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.gson.Gson;
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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Configuration, secrets, prompts, and calls that fail while they use a secret. */
class SecretLeakTest extends Leaks {
  private ConfigLoader loader(String yaml) {
    return ConfigLoader.of(ConfigLayer.text("f.yml", yaml))
        .secrets(SecretSources.inMemory(Map.of("AI_API_KEY", secret)).scope("production"))
        .environment("production");
  }

  @Test
  void the_finder_finds_every_form_of_it() {
    assertThat(forms())
        .allSatisfy(text -> assertThat(finder.mask("x " + text)).isNotEqualTo("x " + text));
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
