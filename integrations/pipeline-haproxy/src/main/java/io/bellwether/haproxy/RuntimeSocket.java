package io.bellwether.haproxy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * HAProxy's Runtime API: one line asks, one answer comes, on a connection of its own. An answer
 * ends with an empty line and the end of the connection; one that lacks either is not whole.
 *
 * <p>Channels do not block, so that a socket nobody answers holds its caller no longer than the
 * deadline. Thread-safe.
 */
final class RuntimeSocket {
  private static final int LONGEST = 16 << 20;

  private final Supplier<SocketAddress> address;
  private final String place;

  private RuntimeSocket(Supplier<SocketAddress> address, String place) {
    this.address = address;
    this.place = place;
  }

  static RuntimeSocket unix(UnixDomainSocketAddress address) {
    return new RuntimeSocket(() -> address, "HAProxy at " + address);
  }

  /** The name is looked up anew for each connection. */
  static RuntimeSocket tcp(String host, int port) {
    return new RuntimeSocket(
        () -> new InetSocketAddress(host, port), "HAProxy at " + host + ":" + port);
  }

  /** Whom it talks to, for people. */
  @Override
  public String toString() {
    return place;
  }

  /**
   * What HAProxy says to this command, without the empty line at its end.
   *
   * @throws HaproxyException if there is no whole answer by the deadline
   */
  String ask(String command, Deadline deadline) {
    var target = address.get();
    if (target instanceof InetSocketAddress tcp && tcp.isUnresolved()) {
      throw failed(command, "its host name is not known");
    }
    try (var channel = open(target);
        var selector = Selector.open()) {
      channel.configureBlocking(false);
      var key = channel.register(selector, 0);
      connect(channel, target, key, command, deadline);
      send(channel, key, command, deadline);
      return whole(receive(channel, key, command, deadline), command);
    } catch (IOException e) {
      throw new HaproxyException(text(command, "the connection failed: " + e.getMessage()), e);
    }
  }

  private static SocketChannel open(SocketAddress target) throws IOException {
    return target instanceof UnixDomainSocketAddress
        ? SocketChannel.open(StandardProtocolFamily.UNIX)
        : SocketChannel.open();
  }

  private void connect(
      SocketChannel channel,
      SocketAddress target,
      SelectionKey key,
      String command,
      Deadline deadline)
      throws IOException {
    if (!channel.connect(target)) {
      do {
        await(key, SelectionKey.OP_CONNECT, command, deadline);
      } while (!channel.finishConnect());
    }
  }

  private void send(SocketChannel channel, SelectionKey key, String command, Deadline deadline)
      throws IOException {
    var bytes = ByteBuffer.wrap((command + "\n").getBytes(StandardCharsets.UTF_8));
    while (true) {
      channel.write(bytes);
      if (!bytes.hasRemaining()) {
        return;
      }
      await(key, SelectionKey.OP_WRITE, command, deadline);
    }
  }

  private String receive(SocketChannel channel, SelectionKey key, String command, Deadline deadline)
      throws IOException {
    var answer = new ByteArrayOutputStream();
    var buffer = ByteBuffer.allocate(16_384);
    while (true) {
      var count = channel.read(buffer);
      if (count < 0) {
        return answer.toString(StandardCharsets.UTF_8);
      }
      if (count == 0) {
        await(key, SelectionKey.OP_READ, command, deadline);
      }
      answer.write(buffer.array(), 0, buffer.position());
      buffer.clear();
      if (answer.size() > LONGEST) {
        throw failed(command, "its answer is longer than " + LONGEST + " bytes");
      }
    }
  }

  private void await(SelectionKey key, int readiness, String command, Deadline deadline)
      throws IOException {
    key.interestOps(readiness);
    key.selector().selectedKeys().clear();
    // Rounded up: nothing would wait for ever.
    key.selector().select(Math.max(1, deadline.nanosLeft() / 1_000_000));
    if (Thread.currentThread().isInterrupted()) {
      throw failed(command, "interrupted while waiting");
    }
    if (deadline.isOver()) {
      throw failed(command, "no whole answer within " + deadline);
    }
  }

  private String whole(String answer, String command) {
    if (answer.equals("\n")) {
      return "";
    }
    if (!answer.endsWith("\n\n")) {
      throw failed(
          command,
          answer.isEmpty()
              ? "it hung up without an answer; is this its stats socket?"
              : "its answer is cut off after " + answer.length() + " characters");
    }
    return answer.substring(0, answer.length() - 2);
  }

  HaproxyException failed(String command, String why) {
    return new HaproxyException(text(command, why));
  }

  private String text(String command, String why) {
    return place + ", asked '" + command + "': " + why;
  }
}
