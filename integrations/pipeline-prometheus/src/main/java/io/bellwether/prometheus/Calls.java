package io.bellwether.prometheus;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bellwether.http.BoundedHttp;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.util.concurrent.CompletableFuture;

/** Sends expressions to Prometheus. */
final class Calls {
  private final HttpClient client;
  private final PrometheusSettings settings;

  Calls(HttpClient client, PrometheusSettings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** Asks, and does not wait. */
  Call start(String expression) {
    var form = new StringBuilder("query=").append(URLEncoder.encode(expression, UTF_8));
    settings
        .evaluatedAt()
        .ifPresent(
            clock -> {
              var now = clock.instant();
              form.append("&time=")
                  .append(
                      String.format("%d.%03d", now.getEpochSecond(), now.getNano() / 1_000_000));
            });
    var request =
        HttpRequest.newBuilder(settings.endpoint())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString()));
    settings
        .headers()
        .forEach((name, value) -> value.get().use(text -> request.setHeader(name, text)));
    return new Call(
        client.sendAsync(request.build(), BoundedHttp.atMost(settings.maxBytes())),
        settings.ticker().nanos());
  }

  /** A question under way. */
  final class Call {
    private final CompletableFuture<HttpResponse<byte[]>> exchange;
    private final long started;

    private Call(CompletableFuture<HttpResponse<byte[]>> exchange, long started) {
      this.exchange = exchange;
      this.started = started;
    }

    /** The answer, or why there is none by the deadline. */
    Answer await() throws Answer.Refused {
      var left = settings.deadline().minusNanos(settings.ticker().nanos() - started);
      try {
        return Answer.read(BoundedHttp.await(exchange, left, settings.deadline()));
      } catch (HttpTimeoutException e) {
        throw new Answer.Refused(String.valueOf(e.getMessage()));
      } catch (IOException e) {
        throw new Answer.Refused("no answer: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new Answer.Refused("interrupted while waiting for an answer");
      }
    }
  }
}
