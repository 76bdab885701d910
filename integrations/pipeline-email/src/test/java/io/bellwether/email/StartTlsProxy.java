package io.bellwether.email;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** Speaks STARTTLS for a mail server that cannot, then hands every byte on. */
final class StartTlsProxy implements AutoCloseable {
  private final ServerSocket socket;
  private final SSLContext keys;
  private final int mailServer;
  private final List<Socket> open = new CopyOnWriteArrayList<>();

  StartTlsProxy(SSLContext keys, int mailServer) throws IOException {
    this.keys = keys;
    this.mailServer = mailServer;
    socket = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    thread(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  private static void thread(Runnable task) {
    var thread = new Thread(task, "starttls-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        open.add(client);
        thread(() -> serve(client));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      var out = client.getOutputStream();
      say(out, "220 ready");
      for (var line = line(client.getInputStream());
          !line.startsWith("STARTTLS");
          line = line(client.getInputStream())) {
        say(out, line.startsWith("EHLO") ? "250-here\r\n250 STARTTLS" : "530 Must issue STARTTLS");
      }
      say(out, "220 go ahead");
      var secure =
          (SSLSocket) keys.getSocketFactory().createSocket(client, null, client.getPort(), true);
      secure.setUseClientMode(false);
      secure.startHandshake();
      relay(secure);
    } catch (IOException gone) {
      // the client did not like the certificate, or is done
    }
  }

  private void relay(SSLSocket secure) throws IOException {
    try (var server = new Socket(InetAddress.getLoopbackAddress(), mailServer)) {
      open.add(server);
      line(server.getInputStream()); // its greeting, which the client had from us
      thread(() -> pump(server, secure));
      pump(secure, server);
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException gone) {
      // one side is done
    }
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (var c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("closed");
      }
      line.append((char) c);
    }
    return line.toString().strip();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (var one : open) {
      one.close();
    }
  }
}
