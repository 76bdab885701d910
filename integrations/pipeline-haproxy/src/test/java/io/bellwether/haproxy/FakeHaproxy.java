package io.bellwether.haproxy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * As much of HAProxy's Runtime API as the router uses, answering in HAProxy 2.6's words; the same
 * rules are held against the real one by {@link RealHaproxyTest}. One backend, {@code chat}.
 */
final class FakeHaproxy implements AutoCloseable {
  private final ServerSocket socket;
  private final List<Socket> hanging = Collections.synchronizedList(new ArrayList<>());
  private final List<String> changes = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Integer> weights = new TreeMap<>();
  private final Map<String, String> entries = new TreeMap<>();
  private volatile UnaryOperator<String> answering = answer -> answer;
  private volatile boolean hangs;
  private volatile long inFlight;
  private volatile String status = "UP";

  private FakeHaproxy(ServerSocket socket, String... servers) {
    this.socket = socket;
    for (var server : servers) {
      weights.put(server, server.startsWith("blue") ? 256 : 0);
    }
  }

  static FakeHaproxy start(String... servers) {
    try {
      var fake =
          new FakeHaproxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), servers);
      var thread = new Thread(fake::serve, "fake-haproxy");
      thread.setDaemon(true);
      thread.start();
      return fake;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** Commands that changed something, so far. */
  List<String> changes() {
    return List.copyOf(changes);
  }

  Map<String, String> entries() {
    synchronized (entries) {
      return new TreeMap<>(entries);
    }
  }

  /** Back to what its files say. */
  void restart() {
    synchronized (entries) {
      entries.clear();
      weights.replaceAll((server, weight) -> server.startsWith("blue") ? 256 : 0);
    }
  }

  void weigh(String server, int weight) {
    synchronized (entries) {
      weights.put(server, weight);
    }
  }

  /** What becomes of every answer from now on. */
  void answers(UnaryOperator<String> answering) {
    this.answering = answering;
  }

  /** Takes commands and does not answer. */
  void hang(boolean hangs) {
    this.hangs = hangs;
  }

  void serving(long requests) {
    inFlight = requests;
  }

  void status(String status) {
    this.status = status;
  }

  private void serve() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        if (hangs) {
          hanging.add(connection);
        } else {
          answer(connection);
        }
      } catch (IOException overOrGone) {
        continue;
      }
    }
  }

  private void answer(Socket connection) throws IOException {
    try (connection) {
      var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8));
      var answer = answer(String.valueOf(in.readLine()));
      connection
          .getOutputStream()
          .write(answering.apply(answer.isEmpty() ? "\n" : answer + "\n\n").getBytes(UTF_8));
    }
  }

  private String answer(String command) {
    var words = command.split(" ");
    synchronized (entries) {
      return switch (words[0] + " " + words[1]) {
        case "show servers" -> words[3].equals("chat") ? state() : "Can't find backend.";
        case "show map" -> map(words[2]);
        case "show stat" -> stat();
        default -> {
          changes.add(command);
          yield change(words);
        }
      };
    }
  }

  private String change(String[] words) {
    return switch (words[0] + " " + words[1]) {
      case "set server" -> {
        weights.put(words[2].substring("chat/".length()), Integer.valueOf(words[4]));
        yield "";
      }
      case "add map" -> entries.put(words[3], words[4]) == null ? "" : "stands there twice";
      case "set map" -> entries.replace(words[3], words[4]) == null ? "entry not found." : "";
      case "del map" -> entries.remove(words[3]) == null ? "Key not found." : "";
      default -> "Unknown command";
    };
  }

  private String state() {
    var text = new StringBuilder("1\n# be_id be_name srv_id srv_name srv_uweight srv_iweight");
    weights.forEach(
        (server, weight) -> text.append("\n3 chat 1 ").append(server).append(" " + weight + " 0"));
    return text.toString();
  }

  private String map(String name) {
    if (!name.equals("bellwether.map")) {
      return "Unknown map identifier. Please use #<id> or <file>.";
    }
    var lines = new ArrayList<String>();
    entries.forEach((key, value) -> lines.add("0x7f00 " + key + " " + value));
    return String.join("\n", lines);
  }

  private String stat() {
    var text = new StringBuilder("# pxname,svname,qcur,scur,status,");
    weights
        .keySet()
        .forEach(server -> text.append("\nchat," + server + ",0," + inFlight + "," + status + ","));
    return text.append("\nother,blue1,7,7,DOWN,").toString();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var connection : List.copyOf(hanging)) {
        connection.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
