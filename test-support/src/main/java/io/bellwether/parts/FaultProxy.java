package io.bellwether.parts;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server of this machine and does to their connections what networks
 * do: lets them hang, cuts them, delays them, or loses the end of an answer. Each direction of a
 * connection has a daemon thread, at most {@value #MOST} connections are taken. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {
  /** More connections than this are refused. */
  public static final int MOST = 200;

  private static final int PATIENCE_MILLIS = 2_000;

  private final ServerSocket listener;
  private final int target;
  private final Set<Pair> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger dropped = new AtomicInteger();
  private final AtomicInteger taken = new AtomicInteger();
  private final AtomicLong answerBytesLeft = new AtomicLong(Long.MAX_VALUE);
  private final Object change = new Object();
  private boolean hanging;
  private boolean refusing;
  private volatile long delayMillis;

  /** A connection of the client, and ours to the server. */
  private record Pair(Socket client, Socket server) {
    void cut() {
      reset(client);
      reset(server);
    }

    private static void reset(Socket socket) {
      try (socket) {
        socket.setSoLinger(true, 0); // the other side gets a reset
      } catch (IOException alreadyCut) {
        // which is what was wanted
      }
    }
  }

  private FaultProxy(int target) {
    this.target = target;
    try {
      listener = new ServerSocket(0, MOST, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon("accept", this::accept);
  }

  /** A proxy in front of this port of the loopback interface. */
  public static FaultProxy before(int port) {
    return new FaultProxy(port);
  }

  /** Where clients connect to. */
  public int port() {
    return listener.getLocalPort();
  }

  /** From now on nothing passes, and no connection ends: the network has become a black hole. */
  public void hang() {
    synchronized (change) {
      hanging = true;
    }
  }

  /** Resets every connection, and lets new ones pass. */
  public void reset() {
    open.forEach(Pair::cut);
  }

  /** Resets every connection, and every new one, until it is {@link #heal healed}. */
  public void refuse() {
    synchronized (change) {
      refusing = true;
    }
    reset();
  }

  /** Delays all that passes by so much. */
  public void delay(long millis) {
    delayMillis = millis;
  }

  /** Lets so many bytes of answers pass, all connections together, and cuts the one then. */
  public void cutAnswersAfter(long bytes) {
    answerBytesLeft.set(bytes);
  }

  /** Lets everything pass again, also what hung. */
  public void heal() {
    delayMillis = 0;
    answerBytesLeft.set(Long.MAX_VALUE);
    synchronized (change) {
      hanging = false;
      refusing = false;
      change.notifyAll();
    }
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  /** How many connections were not taken, because one of both sides was not there. */
  public int dropped() {
    return dropped.get();
  }

  @Override
  public void close() {
    quietly(listener);
    reset();
    heal();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        take(listener.accept());
      } catch (IOException e) {
        dropped.incrementAndGet(); // the client or the server went away, or the proxy was closed
      }
    }
  }

  private void take(Socket client) throws IOException {
    if (isRefusing() || open.size() >= MOST) {
      new Pair(client, new Socket()).cut();
      return;
    }
    var server = new Socket();
    var pair = new Pair(client, server);
    try {
      server.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), target), PATIENCE_MILLIS);
      server.setTcpNoDelay(true);
      client.setTcpNoDelay(true);
    } catch (IOException e) {
      pair.cut();
      throw e;
    }
    open.add(pair);
    var number = taken.incrementAndGet();
    daemon(number + "-out", () -> pass(pair, client, server, false));
    daemon(number + "-back", () -> pass(pair, server, client, true));
  }

  private void pass(Pair pair, Socket from, Socket to, boolean answers) {
    var buffer = new byte[16_384];
    try (InputStream in = from.getInputStream();
        var out = to.getOutputStream()) {
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        hold();
        var left = answers ? answerBytesLeft.getAndAdd(-read) : Long.MAX_VALUE;
        out.write(buffer, 0, (int) Math.max(0, Math.min(read, left)));
        if (left < read) {
          answerBytesLeft.set(Long.MAX_VALUE);
          break;
        }
      }
    } catch (IOException | InterruptedException ended) {
      // one side has ended the connection; the other is told below, and so is this thread
    } finally {
      open.remove(pair);
      pair.cut();
    }
  }

  private void hold() throws InterruptedException {
    if (delayMillis > 0) {
      Thread.sleep(delayMillis);
    }
    synchronized (change) {
      while (hanging) {
        change.wait();
      }
    }
  }

  private boolean isRefusing() {
    synchronized (change) {
      return refusing;
    }
  }

  private static void daemon(String name, Runnable work) {
    var thread = new Thread(work, "fault-proxy-" + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietly(Closeable it) {
    try {
      it.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
