package io.bellwether.examples.strategies;

import static io.bellwether.secret.source.SecretSources.environmentVariables;
import static io.bellwether.secret.source.SecretSources.files;
import static java.time.Duration.ofSeconds;

import io.bellwether.config.Config;
import io.bellwether.config.ConfigLoader;
import io.bellwether.config.ConfigWatch;
import io.bellwether.config.ListMerge;
import io.bellwether.config.settings.DeliverySettings;
import io.bellwether.gate.Gates;
import io.bellwether.gate.MetricGate;
import io.bellwether.prompt.PromptRelease;
import io.bellwether.prompt.PromptRepository;
import io.bellwether.prompt.PromptValidator;
import io.bellwether.secret.SecretMasker;
import io.bellwether.time.Scheduler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Settings in files: one line in {@code production.yml} makes the gate stricter. */
public final class ConfigurationExample {
  private ConfigurationExample() {}

  /** A configuration with its secrets. */
  static Config load(Path configs, String environment, SecretMasker masker) {
    // begin: configuration-load
    Config config =
        ConfigLoader.from(configs)
            .environment(environment)
            .secrets(
                files(Path.of("/run/secrets")).scope("production"),
                environmentVariables().scope(environment))
            .masker(masker)
            .lists("alerts.receivers", ListMerge.byKey("name"))
            .load();
    // end
    return config;
  }

  /** The gate of an environment. */
  static MetricGate gate(Config config) {
    // begin: configuration-gate
    var settings = DeliverySettings.from(config);
    var gate = Gates.canary(settings.thresholds());
    // end
    return gate;
  }

  /** Loads again and again. */
  static ConfigWatch watch(Path configs, Scheduler scheduler) {
    // begin: configuration-watch
    var watch =
        ConfigWatch.start(ConfigLoader.from(configs), scheduler, ofSeconds(30))
            .onChange(change -> System.out.println("changed: " + change))
            .onFailure(failure -> System.out.println("kept the last good one: " + failure));
    // end
    return watch;
  }

  /** A prompt with two versions. */
  static PromptRelease prompts(Path folder) {
    // begin: configuration-prompts
    var report = PromptValidator.validate(folder);
    if (!report.passed()) {
      System.out.println(report);
    }
    PromptRelease support = PromptRepository.load(folder).release("support");
    // end
    return support;
  }

  /** Prints the gate of two environments, and where its limit comes from. */
  public static void main(String[] args) {
    var configs = configs();
    for (var environment : new String[] {"development", "production"}) {
      var config = load(configs, environment, SecretMasker.create());
      System.out.println(environment + ": " + gate(config));
      System.out.println(config.explain("monitoring.latency_p95"));
    }
  }

  private static Path configs() {
    try {
      var configs = Files.createTempDirectory("configs");
      Files.writeString(configs.resolve("base.yml"), "monitoring:\n  latency_p95: 2000\n");
      Files.writeString(configs.resolve("development.yml"), "ai:\n  model: small\n");
      Files.writeString(configs.resolve("production.yml"), "monitoring:\n  latency_p95: 1500\n");
      return configs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
