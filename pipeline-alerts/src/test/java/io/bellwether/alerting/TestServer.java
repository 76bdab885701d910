package io.bellwether.alerting;

import io.bellwether.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server on a real socket that answers as it was told, one connection after the other answer:
 * with a status, never, with a reset, or byte by byte.
 */
public final class TestServer implements AutoCloseable {
  /** A request as it came in. */
  public record Request(String path, Map<String, String> headers, String body) {}

  /** How a connection is answered. */
  @FunctionalInterface
  public interface Answer {
    void to(Socket socket) throws IOException;
  }

  private final ServerSocket socket;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private volatile Answer otherwise = status(200, "ok");

  private TestServer() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    var acceptor = new Thread(this::accept, "test-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  public static TestServer start() {
    try {
      return new TestServer();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The next answers, in order; then {@link #always}. */
  public TestServer then(Answer... next) {
    answers.addAll(List.of(next));
    return this;
  }

  public TestServer always(Answer answer) {
    otherwise = answer;
    return this;
  }

  public String url(String path) {
    return "http://127.0.0.1:" + socket.getLocalPort() + path;
  }

  public Secret secret(String path) {
    return Secret.of(url(path));
  }

  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public static Answer status(int status, String body, String... headers) {
    return client -> {
      var text = new StringBuilder("HTTP/1.1 " + status + " X\r\n");
      for (var header : headers) {
        text.append(header).append("\r\n");
      }
      var bytes = body.getBytes(StandardCharsets.UTF_8);
      text.append("Content-Length: ").append(bytes.length).append("\r\nConnection: close\r\n\r\n");
      client.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      client.getOutputStream().write(bytes);
      client.close();
    };
  }

  /** Never answers, until the server is closed. */
  public static Answer hang() {
    return client -> {};
  }

  public static Answer reset() {
    return client -> {
      client.setSoLinger(true, 0);
      client.close();
    };
  }

  /** Begins to answer and never comes to the end. */
  public static Answer slowBytes() {
    return client ->
        client
            .getOutputStream()
            .write(
                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\no".getBytes(StandardCharsets.UTF_8));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        open.add(client);
        serve(client);
      } catch (IOException closed) {
        // the client went away, or the server was closed
      }
    }
  }

  private void serve(Socket client) throws IOException {
    client.setSoTimeout(2_000);
    requests.add(read(client.getInputStream()));
    var next = answers.poll();
    (next == null ? otherwise : next).to(client);
  }

  private static Request read(InputStream in) throws IOException {
    var lines = new ArrayList<String>();
    for (var line = line(in); !line.isEmpty(); line = line(in)) {
      lines.add(line);
    }
    var headers = new TreeMap<String, String>();
    lines.stream()
        .skip(1)
        .forEach(
            line -> {
              var colon = line.indexOf(':');
              headers.put(
                  line.substring(0, colon).toLowerCase(Locale.ROOT),
                  line.substring(colon + 1).strip());
            });
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var body = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    return new Request(lines.isEmpty() ? "" : lines.get(0).split(" ")[1], headers, body);
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var client : open) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
