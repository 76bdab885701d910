package io.bellwether.health;

import io.bellwether.http.BoundedHttp;
import io.bellwether.internal.Texts;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Looks at an HTTP endpoint with GET. Immutable and thread-safe.
 *
 * <p>Its messages name the endpoint without its query and never a header's value.
 */
public final class HttpCheck implements HealthCheck {
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  /** So much of an answer is taken, so that one without an end costs no more. */
  private static final int BODY = 64 << 10;

  private final HttpClient client;
  private final URI endpoint;
  private final HealthStatus otherwise;
  private final Duration within;
  private final Map<String, Supplier<String>> headers;

  HttpCheck(HttpClient client, URI endpoint, HealthStatus otherwise) {
    this(client, endpoint, otherwise, TIMEOUT, Map.of());
  }

  private HttpCheck(
      HttpClient client,
      URI endpoint,
      HealthStatus otherwise,
      Duration within,
      Map<String, Supplier<String>> headers) {
    this.client = client;
    this.endpoint = endpoint;
    this.otherwise = otherwise;
    this.within = within;
    this.headers = headers;
  }

  /**
   * The same check with a header.
   *
   * @param value asked at every look, so that a rotated key is taken up
   */
  public HttpCheck header(String name, Supplier<String> value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new HttpCheck(client, endpoint, otherwise, within, Map.copyOf(more));
  }

  /**
   * The same check with another time for each look; 5 s unless said otherwise. Of an endpoint that
   * hangs, the first look takes all of it: three looks fit where the registry's deadline for this
   * check is longer than three times as long and two pauses.
   *
   * @throws IllegalArgumentException if it is not positive, or longer than ten years
   */
  public HttpCheck within(Duration within) {
    Durations.positiveProblem("within", within)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException("health check of " + place() + ": " + problem);
            });
    return new HttpCheck(client, endpoint, otherwise, within, headers);
  }

  @Override
  public HealthResult look() throws Exception {
    var request = HttpRequest.newBuilder(endpoint).timeout(within).GET();
    headers.forEach((name, value) -> BoundedHttp.header(request, name, value.get()));
    try {
      var answer = BoundedHttp.send(client, request.build(), BoundedHttp.firstOf(BODY), within);
      return judge(answer);
    } catch (IOException e) {
      return HealthResult.down(place() + " cannot be reached: " + Texts.reason(e));
    }
  }

  @Override
  public int retries() {
    return HealthChecks.RETRIES;
  }

  /** For example {@code GET https://ai.example/v1/models}. */
  @Override
  public String toString() {
    return "GET " + place();
  }

  private HealthResult judge(HttpResponse<?> answer) {
    var status = answer.statusCode();
    return status >= 200 && status < 300
        ? HealthResult.ok()
        : new HealthResult(otherwise, place() + " answered " + status + ", expected 200 to 299");
  }

  private String place() {
    return endpoint.getScheme() + "://" + BoundedHttp.place(endpoint);
  }
}
