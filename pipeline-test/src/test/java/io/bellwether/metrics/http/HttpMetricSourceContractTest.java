package io.bellwether.metrics.http;

import static io.bellwether.release.Version.version;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.testing.MetricSourceTck;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HttpMetricSourceContractTest {
  @Test
  @Timeout(30)
  void documents_over_http_keep_the_rules_of_a_metric_source() throws IOException {
    var time = VirtualTime.create();

    var windows =
        OutcomeWindows.create(w -> w.ticker(time).tokenLimit(10_000, Duration.ofMinutes(1)));
    for (var number = 0; number < 500; number++) {
      var outcome = number % 10 == 0 ? Outcome.error("quota") : Outcome.success();
      windows.of("chat", version("v7")).record(Duration.ofMillis(100 + number), outcome, 12);
    }
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/m", MetricsHandler.of(MetricsEndpoint.of(windows, time)));
    server.start();
    try {
      var uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/m");
      var source =
          HttpMetricSource.create(HttpClient.newHttpClient(), s -> s.endpoint(uri).wall(time));
      MetricSourceTck.verify(
          source,
          Stream.of("error_rate", "success_rate", "latency_p95", "request_count", "token_usage")
              .map(name -> Metric.find(name).orElseThrow())
              .map(m -> new MetricQuery("chat", version("v7"), m, Duration.ofMinutes(5)))
              .toList());
    } finally {
      server.stop(0);
    }
  }
}
