package io.bellwether.metrics.http;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server that answers every connection with the same bytes, as badly as a test wants it. */
final class OneAnswer implements AutoCloseable {
  /** How the bytes get on the wire. */
  @FunctionalInterface
  interface Writing {
    void to(OutputStream out, CountDownLatch closed) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final CountDownLatch hungUp = new CountDownLatch(1);

  private OneAnswer(Writing writing) throws IOException {
    socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    var thread = new Thread(() -> serve(writing), "one-answer");
    thread.setDaemon(true);
    thread.start();
  }

  static OneAnswer of(Writing writing) throws IOException {
    return new OneAnswer(writing);
  }

  /** The whole answer at once. */
  static OneAnswer of(String answer) throws IOException {
    return of((out, closed) -> out.write(answer.getBytes(StandardCharsets.UTF_8)));
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/metrics.json");
  }

  /** Whether the client lets go of the connection within some seconds. */
  boolean isLeft() throws InterruptedException {
    return hungUp.await(5, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    socket.close();
  }

  private void serve(Writing writing) {
    while (!socket.isClosed()) {
      try (var connection = socket.accept()) {
        answer(connection, writing);
      } catch (IOException | InterruptedException e) {
        hungUp.countDown(); // a write failed, or the test is over
      }
    }
  }

  private void answer(Socket connection, Writing writing) throws IOException, InterruptedException {
    connection.setSoTimeout((int) TimeUnit.SECONDS.toMillis(5));
    var request = new StringBuilder();
    var in = connection.getInputStream();
    while (request.indexOf("\r\n\r\n") < 0) {
      request.append((char) in.read());
    }
    writing.to(connection.getOutputStream(), closed);
    connection.shutdownOutput();
  }
}
