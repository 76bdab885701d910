package io.bellwether.dashboard;

import com.sun.net.httpserver.HttpExchange;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * Tells open pages what is new, as server-sent events, on one thread of the host each. As many as
 * are allowed; a page that does not take what it is sent loses its stream.
 */
final class Streams implements AutoCloseable {
  private static final Duration SLOWEST_WRITE = Duration.ofSeconds(10);

  private final Board board;
  private final TimeSource time;
  private final Duration every;
  private final Semaphore places;
  private final Set<Stream> open = ConcurrentHashMap.newKeySet();
  private Cancellable next = () -> {};
  private volatile Map<String, String> rows = Map.of();
  private volatile boolean closed;

  Streams(DashboardBuilder given, Board board, TimeSource time) {
    this.board = board;
    this.time = time;
    every = given.every;
    places = new Semaphore(given.streams);
  }

  /** Looks for news from now on. */
  synchronized void start() {
    if (!closed) {
      next = time.scheduler().schedule(every, this::tick);
    }
  }

  private void tick() {
    try {
      if (!open.isEmpty()) {
        rows = board.rows();
        open.forEach(Stream::wake);
      }
    } finally {
      start();
    }
  }

  /** Serves a page until it goes away. */
  void serve(HttpExchange exchange) throws IOException {
    if (closed || !places.tryAcquire()) {
      throw new Refusal(503, "too many pages are open; this one asks now and then instead");
    }
    var stream = new Stream();
    try {
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      rows = board.rows();
      open.add(stream);
      stream.run(exchange);
    } finally {
      open.remove(stream);
      places.release();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    next.cancel();
    open.forEach(Stream::wake);
    open.forEach(Stream::hurry);
  }

  /** One open page. */
  private final class Stream {
    private final Thread thread = Thread.currentThread();
    private final Semaphore news = new Semaphore(1);
    private final Map<String, String> sent = new HashMap<>();
    private long lastWrite = time.ticker().nanos();
    private boolean writing;

    void run(HttpExchange exchange) throws IOException {
      try {
        write(exchange, "retry: 1000\n\n");
        while (!closed) {
          news.acquire();
          news.drainPermits();
          tell(exchange);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void tell(HttpExchange exchange) throws IOException {
      var now = rows;
      var fresh =
          now.entrySet().stream().filter(row -> !row.getValue().equals(sent.get(row.getKey())));
      var lines = fresh.map(Map.Entry::getValue).toList();
      var gone = sent.keySet().stream().filter(id -> !now.containsKey(id)).toList();
      if (!lines.isEmpty() || !gone.isEmpty() || sent.isEmpty()) {
        sent.clear();
        sent.putAll(now);
        write(exchange, event(lines, gone));
      } else {
        write(exchange, "event: tick\ndata: \n\n");
      }
    }

    private String event(List<String> lines, List<String> gone) {
      return "event: rows\ndata: {\"rows\":["
          + String.join(",", lines)
          + "],\"gone\":"
          + Json.text(gone)
          + "}\n\n";
    }

    private void write(HttpExchange exchange, String text) throws IOException {
      mark(true);
      try {
        var body = exchange.getResponseBody();
        body.write(text.getBytes(StandardCharsets.UTF_8));
        body.flush();
      } finally {
        mark(false);
      }
    }

    private synchronized void mark(boolean writing) {
      this.writing = writing;
      lastWrite = time.ticker().nanos();
    }

    /** There may be news; a write that takes too long is given up, and with it the connection. */
    synchronized void wake() {
      if (writing && time.ticker().nanos() - lastWrite > SLOWEST_WRITE.toNanos()) {
        thread.interrupt();
      }
      if (news.availablePermits() == 0) {
        news.release();
      }
    }

    synchronized void hurry() {
      if (writing) {
        thread.interrupt();
      }
    }
  }
}
