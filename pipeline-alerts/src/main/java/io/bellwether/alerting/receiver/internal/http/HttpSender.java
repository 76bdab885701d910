package io.bellwether.alerting.receiver.internal.http;

import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.http.BoundedHttp;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what receivers make of notifications. The JDK's exceptions may hold the whole address, so
 * nothing of theirs goes on but their kind.
 */
public final class HttpSender {
  private static final Logger log = LoggerFactory.getLogger(HttpSender.class);
  private static final int LONGEST_BODY = 16 << 10;

  /** Made with the first notification, shared by every receiver without a client of its own. */
  private static final class Shared {
    static final HttpClient CLIENT =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  private final Supplier<HttpClient> client;

  private HttpSender(Supplier<HttpClient> client) {
    this.client = client;
  }

  /** Sends through a client all receivers share. */
  public static HttpSender shared() {
    return new HttpSender(() -> Shared.CLIENT);
  }

  /** Sends through a client of the host's. */
  public static HttpSender through(HttpClient client) {
    return new HttpSender(() -> client);
  }

  /**
   * Sends a notification; one that is refused for its content is sent once more as short as can be.
   *
   * @param receiver who sends, for the log
   * @param full the message
   * @param minimal the shortest message
   */
  public CompletionStage<Delivery> send(
      String receiver,
      Notification notification,
      Function<Notification, HttpCall> full,
      Function<Notification, HttpCall> minimal) {
    var attempt = new Attempt(notification.at());
    HttpCall first;
    try {
      first = full.apply(notification);
    } catch (RuntimeException | Error e) {
      log.warn(
          "receiver '{}': the message of {} could not be made ({}); the short one goes out",
          receiver,
          notification.groupKey(),
          e.getClass().getSimpleName());
      attempt.post(minimal.apply(notification), answer -> attempt.finish());
      return attempt;
    }
    attempt.post(
        first,
        answer -> {
          if (AnswerTable.refusedContent(answer.status())) {
            attempt.post(minimal.apply(notification), again -> attempt.finish());
          } else {
            attempt.finish();
          }
        });
    return attempt;
  }

  /** A delivery that takes its exchange with it when it is cancelled. */
  private final class Attempt extends CompletableFuture<Delivery> {
    private final Instant now;
    private volatile Delivery last = Delivery.retry(Failure.OTHER, "not sent");
    private volatile CompletableFuture<?> exchange = new CompletableFuture<>();

    Attempt(Instant now) {
      this.now = now;
    }

    void post(HttpCall call, Consumer<HttpAnswer> next) {
      HttpRequest request;
      try {
        request = request(call);
      } catch (RuntimeException e) {
        complete(Delivery.disabled(Failure.CLIENT_ERROR, "its address is no http or https link"));
        return;
      }
      var sent =
          client.get().sendAsync(request, BoundedHttp.text(BoundedHttp.firstOf(LONGEST_BODY)));
      exchange = sent;
      CompletionStage<HttpResponse<String>> answered = sent;
      answered.whenComplete(
          (response, failure) -> {
            if (failure != null) {
              complete(failed(failure));
              return;
            }
            var answer = new HttpAnswer(response.statusCode(), headers(response), response.body());
            last = AnswerTable.read(answer, call.style(), now);
            next.accept(answer);
          });
    }

    void finish() {
      complete(last);
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      exchange.cancel(true);
      return super.cancel(mayInterruptIfRunning);
    }
  }

  private static HttpRequest request(HttpCall call) {
    return call.address()
        .use(
            address -> {
              var builder =
                  HttpRequest.newBuilder(URI.create(address.trim()))
                      .header("Content-Type", "application/json")
                      .header("User-Agent", "bellwether")
                      .POST(BodyPublishers.ofByteArray(call.body()));
              call.headers().forEach(builder::header);
              return builder.build();
            });
  }

  private static Map<String, String> headers(HttpResponse<String> response) {
    var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  private static Delivery failed(Throwable failure) {
    var cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof HttpTimeoutException) {
      return Delivery.retry(Failure.TIMEOUT, "no connection in time");
    }
    if (cause instanceof ConnectException) {
      return Delivery.retry(Failure.CONNECTION, "connection refused or host unknown");
    }
    if (cause instanceof IOException) {
      return Delivery.retry(Failure.CONNECTION, "the connection broke");
    }
    return Delivery.retry(Failure.OTHER, cause.getClass().getSimpleName());
  }
}
