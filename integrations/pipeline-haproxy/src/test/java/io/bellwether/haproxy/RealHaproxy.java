package io.bellwether.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * A HAProxy as a process of its own, on the loopback interface. Its servers are listeners of the
 * same process that answer with the name of their slot; the blue ones serve after a start.
 */
final class RealHaproxy implements AutoCloseable {
  private final Path folder;
  private final Path program;
  private final int port = RealProgram.freePort();
  private final int commands = RealProgram.freePort();
  private final List<Integer> servers = Stream.generate(RealProgram::freePort).limit(8).toList();
  private Process process;

  private RealHaproxy(Path program, Path folder) throws IOException {
    this.program = program;
    this.folder = folder;
    Files.writeString(folder.resolve("cohorts.map"), "eve beta\n");
    Files.writeString(folder.resolve("bellwether.map"), "");
    Files.writeString(folder.resolve("haproxy.cfg"), configuration());
    process = launch();
  }

  static RealHaproxy start(Path program, Path folder) throws IOException {
    return new RealHaproxy(program, folder);
  }

  Path unixSocket() {
    return folder.resolve("admin.sock");
  }

  int commandPort() {
    return commands;
  }

  int port() {
    return port;
  }

  /** The map's name, as the configuration says it. */
  String map() {
    return folder.resolve("bellwether.map").toString();
  }

  /** Ends it at once, as a crash does, and starts it again. */
  void crash() throws IOException {
    process.destroyForcibly().onExit().join();
    process = launch();
  }

  private Process launch() throws IOException {
    var launched =
        RealProgram.start(
            folder.resolve("haproxy.log"),
            program.toString(),
            "-db",
            "-f",
            folder.resolve("haproxy.cfg").toString());
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!listens()) {
      if (System.nanoTime() - deadline > 0 || !launched.isAlive()) {
        launched.destroyForcibly();
        throw new IOException(
            "HAProxy does not listen: " + Files.readString(folder.resolve("haproxy.log")));
      }
      LockSupport.parkNanos(20_000_000);
    }
    return launched;
  }

  private boolean listens() {
    try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  private String configuration() {
    var text = new ArrayList<String>();
    text.add(
        """
        global
          stats socket %s mode 600 level admin
          stats socket ipv4@127.0.0.1:%d level admin
        defaults
          mode http
          timeout connect 2s
          timeout client 30s
          timeout server 30s
          retries 0
        frontend www
          bind 127.0.0.1:%d
          http-request set-var(txn.user) req.fhdr(x-user),url_enc
          http-request set-var(txn.cohort) req.fhdr(x-user),map(%s)
          http-request set-var(txn.canary) req.fhdr(x-canary),url_enc
          http-request set-var(txn.slot) str(header/chat/x-canary/),concat(,txn.canary),map(%5$s)
          http-request set-var(txn.slot) str(cohort/chat/),concat(,txn.cohort),map(%5$s) unless { var(txn.slot) -m found }
          http-request set-var(txn.slot) str(user/chat/),concat(,txn.user),map(%5$s) unless { var(txn.slot) -m found }
          use_backend chat_%%[var(txn.slot)] if { var(txn.slot) -m found }
          default_backend chat
        """
            .formatted(unixSocket(), commands, port, folder.resolve("cohorts.map"), map()));
    text.add("backend chat\n  balance roundrobin");
    for (var slot : List.of("blue", "green")) {
      text.addAll(serverLines(slot, slot.equals("blue") ? " weight 256" : " weight 0"));
    }
    for (var slot : List.of("blue", "green")) {
      text.add("backend chat_" + slot);
      text.addAll(serverLines(slot, ""));
    }
    for (var slot : List.of("blue", "green")) {
      text.add("frontend servers_" + slot);
      ports(slot).forEach(listener -> text.add("  bind 127.0.0.1:" + listener));
      text.add("  http-request return status 200 content-type text/plain string " + slot + "\\n");
    }
    return String.join("\n", text) + "\n";
  }

  private List<Integer> ports(String slot) {
    return slot.equals("blue") ? servers.subList(0, 4) : servers.subList(4, 8);
  }

  private List<String> serverLines(String slot, String more) {
    var lines = new ArrayList<String>();
    for (var number = 1; number <= 4; number++) {
      lines.add("  server " + slot + number + " 127.0.0.1:" + ports(slot).get(number - 1) + more);
    }
    return lines;
  }

  /** The body of one answer, to a request with this header. */
  String ask(String header) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      var request = "GET / HTTP/1.1\r\nHost: chat\r\nConnection: close\r\n" + header + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(UTF_8));
      var answer = new String(socket.getInputStream().readAllBytes(), UTF_8);
      return answer.substring(answer.indexOf("\r\n\r\n") + 4).strip();
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
