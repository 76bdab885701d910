package io.bellwether.config.settings;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.alert.AlertRules;
import io.bellwether.alert.Severity;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.Gates;
import io.bellwether.health.HealthMonitor;
import io.bellwether.health.HealthRegistry;
import io.bellwether.health.HealthResult;
import io.bellwether.health.HealthStatus;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Each setting changes what the part of the library does that it is for. */
class SettingsAtWorkTest {
  private final VirtualTime time = VirtualTime.create();

  private static DeliverySettings settings(String yaml) {
    return DeliverySettings.from(ConfigLoader.of(ConfigLayer.text("f", yaml)).load());
  }

  @Test
  void a_gate_fails_at_the_configured_error_rate() {
    var evidence =
        Evidence.of(
            Map.of(
                Metric.ERROR_RATE, Reading.of(0.04, 10_000, "test"),
                Metric.SUCCESS_RATE, Reading.of(0.96, 10_000, "test"),
                Metric.LATENCY_P95, Reading.of(900, 10_000, "test")));
    assertThat(Gates.canary(settings("").thresholds()).evaluate(evidence).outcome())
        .isEqualTo(GateOutcome.PASS);
    var strict = settings("monitoring: {error_critical: 3%}");
    assertThat(Gates.canary(strict.thresholds()).evaluate(evidence).outcome())
        .isEqualTo(GateOutcome.FAIL);
  }

  @Test
  void an_alert_rule_warns_at_the_configured_threshold() {
    assertThat(severity("", 0.012)).isEmpty();
    assertThat(severity("monitoring: {error_threshold: 0.01}", 0.012)).contains(Severity.WARNING);
  }

  private static java.util.Optional<Severity> severity(String yaml, double errorRate) {
    return AlertRules.from(settings(yaml).thresholds())
        .runbooks("https://wiki.example.com/runbooks")
        .build()
        .severityOf(Metric.ERROR_RATE, errorRate);
  }

  @Test
  void the_monitor_probes_at_the_configured_interval() {
    assertThat(probesInAnHour("")).isEqualTo(5);
    assertThat(probesInAnHour("monitoring: {health_check_interval: 300}")).isEqualTo(13);
  }

  private int probesInAnHour(String yaml) {
    var probes = new AtomicInteger();
    var registry =
        HealthRegistry.create(
            time.source(),
            Runnable::run,
            h ->
                h.cachedFor(Duration.ZERO)
                    .check(
                        "ai_api",
                        () -> {
                          probes.incrementAndGet();
                          return HealthResult.ok();
                        }));
    try (var monitor =
        HealthMonitor.create(
            registry,
            time.source(),
            Runnable::run,
            m -> m.thresholds(settings(yaml).thresholds()))) {
      monitor.start();
      time.advance(ofMinutes(60));
    }
    return probes.get();
  }

  @Test
  void the_endpoint_is_the_one_that_is_checked() throws Exception {
    var server = server();
    try {
      var endpoint = "http://127.0.0.1:" + server.getAddress().getPort() + "/api";
      var deployment = settings("deployment: {endpoint: " + endpoint + "}").deployment();
      var client = HttpClient.newHttpClient();
      assertThat(deployment.check(client, "/health").orElseThrow().look().status())
          .isEqualTo(HealthStatus.OK);
      assertThat(deployment.check(client, "/other").orElseThrow().look().status())
          .isEqualTo(HealthStatus.DOWN);
      assertThat(settings("").deployment().check(client, "/health")).isEmpty();
    } finally {
      server.stop(0);
    }
  }

  private static HttpServer server() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(
              exchange.getRequestURI().getPath().equals("/health") ? 204 : 404, -1);
          exchange.close();
        });
    server.start();
    return server;
  }
}
