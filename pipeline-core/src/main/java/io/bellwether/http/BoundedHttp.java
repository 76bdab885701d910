package io.bellwether.http;

import io.bellwether.time.Durations;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Exchanges with an end. The JDK's client bounds the time until an answer's headers are there, and
 * neither the time its body takes nor its length. Thread-safe.
 */
public final class BoundedHttp {
  private BoundedHttp() {}

  /**
   * Adds a header to a request.
   *
   * @throws IllegalArgumentException if it cannot be sent; the client's own words would show the
   *     value, which may be a secret with a line end too many
   */
  public static void header(HttpRequest.Builder request, String name, String value) {
    try {
      request.setHeader(name, value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the header " + name + " cannot be sent: is there a line end at the end of its value?");
    }
  }

  /** Takes bodies up to this many bytes; a longer one fails with an {@link IOException}. */
  public static BodyHandler<byte[]> atMost(int bytes) {
    return answer -> new BoundedBody(bytes, true);
  }

  /** Takes the first bytes of a body and lets go of the connection when there are more. */
  public static BodyHandler<byte[]> firstOf(int bytes) {
    return answer -> new BoundedBody(bytes, false);
  }

  /** The same body as UTF-8 text. */
  public static BodyHandler<String> text(BodyHandler<byte[]> body) {
    return answer ->
        BodySubscribers.mapping(
            body.apply(answer), bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * Sends a request and waits for the whole answer.
   *
   * @param deadline until when the last byte has to be there; more than nothing
   * @throws HttpTimeoutException if it is not
   * @throws IOException if there is no answer, or none that the handler takes
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static <T> HttpResponse<T> send(
      HttpClient client, HttpRequest request, BodyHandler<T> body, Duration deadline)
      throws IOException, InterruptedException {
    return await(client.sendAsync(request, body), deadline, deadline);
  }

  /**
   * Waits for an exchange that is under way, and ends it if it takes too long.
   *
   * @param left how long to wait from now; nothing and less is not at all
   * @param deadline how long it had altogether, for the message
   * @throws HttpTimeoutException if the answer is not there by then
   * @throws IOException if there is no answer
   * @throws InterruptedException if the caller is interrupted meanwhile
   */
  public static <T> HttpResponse<T> await(
      CompletableFuture<HttpResponse<T>> exchange, Duration left, Duration deadline)
      throws IOException, InterruptedException {
    try {
      return exchange.get(Math.max(0, Durations.nanos(left)), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      exchange.cancel(true);
      throw new HttpTimeoutException("no complete answer within " + Durations.plain(deadline));
    } catch (InterruptedException e) {
      exchange.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException failure ? failure : new IOException(e.getCause());
    }
  }

  /** Host, port and path: an address without its user and its parameters, which may be secrets. */
  public static String place(URI address) {
    return address.getHost()
        + (address.getPort() < 0 ? "" : ":" + address.getPort())
        + address.getPath();
  }
}
