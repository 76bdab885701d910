package io.bellwether.dashboard;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class StreamsTest {
  private final VirtualTime time = VirtualTime.create();
  private final CountDownLatch writing = new CountDownLatch(1);

  @Test
  void a_page_that_takes_nothing_loses_its_stream_after_ten_seconds() throws Exception {
    var given = new DashboardBuilder();
    try (var recorder = RolloutRecorder.create(r -> r);
        var runtime = RolloutRuntime.inMemory()) {
      given.runtime(runtime, recorder).every(ofSeconds(1)).streams(1);
      try (var streams = new Streams(given, new Board(given), time.source())) {
        streams.start();
        var served = new CompletableFuture<Void>();
        var thread = new Thread(() -> serve(streams, served));
        thread.start();
        assertThat(writing.await(10, TimeUnit.SECONDS)).isTrue();
        time.advance(ofSeconds(9));
        assertThat(served).isNotDone();
        time.advance(ofSeconds(3));
        assertThat(endOf(served)).isInstanceOf(InterruptedIOException.class);
        thread.join(10_000);
      }
    }
  }

  private void serve(Streams streams, CompletableFuture<Void> served) {
    try {
      streams.serve(new StuckExchange());
      served.complete(null);
    } catch (IOException | RuntimeException e) {
      served.completeExceptionally(e);
    }
  }

  private static Throwable endOf(CompletableFuture<Void> served) throws Exception {
    try {
      served.get(10, TimeUnit.SECONDS);
      throw new AssertionError("the stream ended as if all had been sent");
    } catch (ExecutionException e) {
      return e.getCause();
    }
  }

  /** A connection whose other end reads nothing. */
  private final class StuckExchange extends HttpExchange {
    private final Headers headers = new Headers();

    @Override
    public OutputStream getResponseBody() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          writing.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            throw new InterruptedIOException("given up");
          }
        }
      };
    }

    @Override
    public Headers getRequestHeaders() {
      return headers;
    }

    @Override
    public Headers getResponseHeaders() {
      return headers;
    }

    @Override
    public URI getRequestURI() {
      return URI.create("/api/events");
    }

    @Override
    public String getRequestMethod() {
      return "GET";
    }

    @Override
    public HttpContext getHttpContext() {
      throw new UnsupportedOperationException("no server");
    }

    @Override
    public void close() {}

    @Override
    public InputStream getRequestBody() {
      return InputStream.nullInputStream();
    }

    @Override
    public void sendResponseHeaders(int status, long length) {}

    @Override
    public InetSocketAddress getRemoteAddress() {
      return InetSocketAddress.createUnresolved("nobody", 0);
    }

    @Override
    public int getResponseCode() {
      return 200;
    }

    @Override
    public InetSocketAddress getLocalAddress() {
      return getRemoteAddress();
    }

    @Override
    public String getProtocol() {
      return "HTTP/1.1";
    }

    @Override
    public Object getAttribute(String name) {
      throw new UnsupportedOperationException("no server");
    }

    @Override
    public void setAttribute(String name, Object value) {}

    @Override
    public void setStreams(InputStream in, OutputStream out) {}

    @Override
    public HttpPrincipal getPrincipal() {
      throw new UnsupportedOperationException("no server");
    }
  }
}
