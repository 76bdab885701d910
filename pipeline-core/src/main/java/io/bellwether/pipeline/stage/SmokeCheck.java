package io.bellwether.pipeline.stage;

import io.bellwether.BellwetherException;
import io.bellwether.http.BoundedHttp;
import io.bellwether.internal.JsonObject;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One HTTP request and what is expected of its answer. Immutable and thread-safe; every method
 * gives a changed copy.
 */
public final class SmokeCheck {
  private static final BodyHandler<String> BODY = BoundedHttp.text(BoundedHttp.atMost(1 << 20));
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final String name;
  private final String path;
  private final Optional<String> body;
  private final Map<String, Supplier<String>> headers;
  private final List<Expectation> expectations;
  private final OptionalInt status;
  private final Duration timeout;

  /** What is wrong with an answer, if anything is. */
  @FunctionalInterface
  private interface Expectation {
    Optional<String> look(HttpResponse<String> answer);
  }

  private SmokeCheck(
      String name,
      String path,
      Optional<String> body,
      Map<String, Supplier<String>> headers,
      List<Expectation> expectations,
      OptionalInt status,
      Duration timeout) {
    this.name = name;
    this.path = path;
    this.body = body;
    this.headers = headers;
    this.expectations = expectations;
    this.status = status;
    this.timeout = timeout;
  }

  static SmokeCheck named(String name) {
    return new SmokeCheck(
        name, "", Optional.empty(), Map.of(), List.of(), OptionalInt.empty(), TIMEOUT);
  }

  String name() {
    return name;
  }

  /** Asks for a path, which is put behind the base. */
  public SmokeCheck get(String path) {
    return new SmokeCheck(name, path, Optional.empty(), headers, expectations, status, timeout);
  }

  /** Sends a JSON document to a path, which is put behind the base. */
  public SmokeCheck post(String path, String json) {
    return new SmokeCheck(name, path, Optional.of(json), headers, expectations, status, timeout)
        .header("Content-Type", () -> "application/json");
  }

  /**
   * Sends a header, which is never shown.
   *
   * @param value asked each time, so that a rotated key is taken up
   */
  public SmokeCheck header(String header, Supplier<String> value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new SmokeCheck(name, path, body, Map.copyOf(more), expectations, status, timeout);
  }

  /** The answer has to have this status; 2xx unless said. */
  public SmokeCheck expectStatus(int status) {
    return new SmokeCheck(name, path, body, headers, expectations, OptionalInt.of(status), timeout);
  }

  /** The answer has to hold this text. */
  public SmokeCheck expectText(String text) {
    return expect(
        answer ->
            answer.body().contains(text)
                ? Optional.empty()
                : Optional.of("the answer does not hold '" + text + "'"));
  }

  /** The answer has to be a JSON object with this text, number or truth value in this field. */
  public SmokeCheck expectField(String field, String value) {
    return expect(answer -> field(answer, field, value));
  }

  /** The whole answer has to come within this time; 10 s unless said, an hour at most. */
  public SmokeCheck within(Duration timeout) {
    return new SmokeCheck(name, path, body, headers, expectations, status, timeout);
  }

  /** What would keep this check from being made. */
  List<String> problems(URI base) {
    var problems = new ArrayList<String>();
    var where = "check '" + name + "': ";
    if (name.isBlank()) {
      problems.add("a check's name is blank");
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(LONGEST) > 0) {
      problems.add(
          where
              + "within "
              + Durations.plain(timeout)
              + ", expected more than nothing and at most "
              + Durations.plain(LONGEST));
    }
    try {
      address(base);
    } catch (IllegalArgumentException noAddress) { // its words show the base
      problems.add(where + "'" + path + "' is no path; encode spaces and the like with %");
    }
    return problems;
  }

  /** Behind the base's own path and never on another host. */
  private URI address(URI base) {
    var start = base.toString().replaceAll("/+$", "");
    return URI.create(start + (path.isEmpty() || path.startsWith("/") ? path : "/" + path));
  }

  SmokeTests.Finding make(HttpClient client, URI base) throws InterruptedException {
    var stopwatch = Ticker.system();
    var begun = stopwatch.nanos();
    List<String> failures;
    try {
      failures = failures(BoundedHttp.send(client, request(base), BODY, timeout));
    } catch (IOException e) {
      var why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      failures = List.of("no answer: " + why);
    } catch (RuntimeException e) {
      // a header's supplier is the host's, and what it says may be the secret
      failures = List.of("it could not be asked: " + e.getClass().getSimpleName());
    }
    return new SmokeTests.Finding(name, failures, (stopwatch.nanos() - begun) / 1_000_000);
  }

  private HttpRequest request(URI base) {
    var request = HttpRequest.newBuilder(address(base)).timeout(timeout);
    headers.forEach((header, value) -> BoundedHttp.header(request, header, value.get()));
    request.method(
        body.isPresent() ? "POST" : "GET",
        body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
    return request.build();
  }

  private List<String> failures(HttpResponse<String> answer) {
    var failures = new ArrayList<String>();
    wrongStatus(answer.statusCode()).ifPresent(failures::add);
    expectations.forEach(expectation -> expectation.look(answer).ifPresent(failures::add));
    return failures;
  }

  private Optional<String> wrongStatus(int actual) {
    var fine = status.isPresent() ? actual == status.getAsInt() : actual >= 200 && actual < 300;
    var expected = status.isPresent() ? String.valueOf(status.getAsInt()) : "200 to 299";
    return fine ? Optional.empty() : Optional.of("status " + actual + ", expected " + expected);
  }

  private static Optional<String> field(HttpResponse<String> answer, String field, String value) {
    try {
      var found = JsonObject.parse("the answer", answer.body()).scalarIfAny(field);
      return found.filter(value::equals).isPresent()
          ? Optional.empty()
          : Optional.of(
              field
                  + " is "
                  + found.map(text -> "'" + text + "'").orElse("missing")
                  + ", expected '"
                  + value
                  + "'");
    } catch (BellwetherException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private SmokeCheck expect(Expectation expectation) {
    var more = new ArrayList<>(expectations);
    more.add(expectation);
    return new SmokeCheck(name, path, body, headers, List.copyOf(more), status, timeout);
  }
}
