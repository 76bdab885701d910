package io.bellwether.haproxy;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicLong;

/** Clients that ask a server without pause, each on a connection it keeps, and count answers. */
final class Load implements AutoCloseable {
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\nHost: chat\r\n\r\n".getBytes(US_ASCII);

  private final AtomicLong blue = new AtomicLong();
  private final AtomicLong green = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final int port;
  private volatile boolean over;

  /** How many requests were answered by whom, and how many were not answered well. */
  record Counts(long blue, long green, long failed, long nanos) {
    Counts since(Counts earlier) {
      return new Counts(
          blue - earlier.blue,
          green - earlier.green,
          failed - earlier.failed,
          nanos - earlier.nanos);
    }

    long requests() {
      return blue + green + failed;
    }

    double perSecond() {
      return requests() * 1e9 / nanos;
    }

    double percentGreen() {
      return 100.0 * green / (blue + green);
    }
  }

  private Load(int port) {
    this.port = port;
  }

  static Load on(int port, int clients) {
    var load = new Load(port);
    for (var number = 0; number < clients; number++) {
      var client = new Thread(load::askAway, "client-" + number);
      client.setDaemon(true);
      client.start();
    }
    return load;
  }

  Counts counts() {
    return new Counts(blue.get(), green.get(), failed.get(), System.nanoTime());
  }

  private void askAway() {
    while (!over) {
      try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(10_000);
        while (!over) {
          count(answer(socket));
        }
      } catch (IOException e) {
        failed.incrementAndGet();
      }
    }
  }

  /** One answer ends with the only line feed in its body. */
  private static String answer(Socket socket) throws IOException {
    socket.getOutputStream().write(REQUEST);
    var buffer = new byte[1_024];
    var length = 0;
    while (true) {
      var count = socket.getInputStream().read(buffer, length, buffer.length - length);
      if (count < 0) {
        throw new IOException("hung up");
      }
      length += count;
      var text = new String(buffer, 0, length, US_ASCII);
      var body = text.indexOf("\r\n\r\n");
      if (body >= 0 && text.endsWith("\n") && length > body + 4) {
        return text;
      }
    }
  }

  private void count(String answer) {
    if (!answer.startsWith("HTTP/1.1 200 ")) {
      failed.incrementAndGet();
    } else {
      (answer.endsWith("\r\n\r\nblue\n") ? blue : green).incrementAndGet();
    }
  }

  @Override
  public void close() {
    over = true;
  }
}
