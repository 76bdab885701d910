package io.bellwether.metrics.http;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.http.BoundedHttp;
import io.bellwether.metrics.MetricsDocument;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One request for a document, under way. */
final class Fetch {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final HttpMetricSettings settings;
  private final String source;
  private final CompletableFuture<HttpResponse<byte[]>> response;
  private final long started;

  private Fetch(
      HttpMetricSettings settings,
      String source,
      CompletableFuture<HttpResponse<byte[]>> response) {
    this.settings = settings;
    this.source = source;
    this.response = response;
    started = settings.ticker().nanos();
  }

  static Fetch start(HttpClient client, HttpMetricSettings settings, URI uri) {
    var request = HttpRequest.newBuilder(uri).GET();
    settings.headers().forEach((name, value) -> BoundedHttp.header(request, name, value));
    return new Fetch(
        settings,
        "metrics document of " + BoundedHttp.place(uri),
        client.sendAsync(request.build(), BoundedHttp.atMost(settings.maxBytes())));
  }

  /** The answer, or why there is none by the deadline. */
  Answer await() {
    var left = settings.deadline().minusNanos(settings.ticker().nanos() - started);
    try {
      return read(BoundedHttp.await(response, left, settings.deadline()));
    } catch (HttpTimeoutException e) {
      return error(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return error("no answer: " + e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return error("interrupted while waiting for an answer");
    }
  }

  private Answer read(HttpResponse<byte[]> response) {
    if (response.statusCode() == NOT_FOUND) {
      return Answer.unknown(source);
    }
    if (response.statusCode() != OK) {
      return error("answered with status " + response.statusCode());
    }
    var old = tooOld(response);
    return old.isPresent() ? error(old.get()) : parse(response.body());
  }

  private Answer parse(byte[] body) {
    try {
      return Answer.document(MetricsDocument.parse(body), source);
    } catch (InvalidConfigurationException e) {
      return error(String.join("; ", e.problems()));
    }
  }

  private Optional<String> tooOld(HttpResponse<?> response) {
    var header =
        response.headers().firstValue("Last-Modified").isPresent() ? "Last-Modified" : "Date";
    var stated = response.headers().firstValue(header);
    if (stated.isEmpty()) {
      return Optional.of("the answer does not say when it was made: no Last-Modified and no Date");
    }
    var made = instant(stated.get());
    if (made.isEmpty()) {
      return Optional.of(header + " is no date");
    }
    var age = Duration.between(made.get(), settings.wall().instant());
    var most = settings.maxAge();
    return age.abs().compareTo(most) <= 0
        ? Optional.empty()
        : Optional.of(
            header
                + " is "
                + Durations.plain(age.abs())
                + (age.isNegative() ? " ahead of" : " behind")
                + " this clock, expected at most "
                + Durations.plain(most));
  }

  private static Optional<Instant> instant(String stated) {
    try {
      return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(stated, Instant::from));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private Answer error(String why) {
    return Answer.error(source, why);
  }
}
