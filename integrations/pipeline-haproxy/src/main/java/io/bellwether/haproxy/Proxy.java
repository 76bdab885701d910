package io.bellwether.haproxy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What can be asked of a HAProxy, and what its answers mean. */
final class Proxy {
  private static final String SHORT_OF_A_LINE = "; is this a HAProxy of version 2 or later?";

  private final RuntimeSocket socket;
  private final String map;

  Proxy(RuntimeSocket socket, String map) {
    this.socket = socket;
    this.map = map;
  }

  /** A server as the statistics show it. */
  record Server(String backend, String name, String status, long inFlight) {
    /** Whether it would serve if it had weight. */
    boolean isUp() {
      return status.startsWith("UP") || status.startsWith("DRAIN") || status.equals("no check");
    }
  }

  /** The weight of each server of a backend. */
  Map<String, Integer> weights(String backend, Deadline deadline) {
    var command = "show servers state " + backend;
    var lines = socket.ask(command, deadline).split("\n", -1);
    if (lines.length < 2 || !lines[0].equals("1") || !lines[1].startsWith("# ")) {
      throw refused(command, lines[0]);
    }
    var columns = List.of(lines[1].substring(2).split(" ", -1));
    var weights = new LinkedHashMap<String, Integer>();
    for (var line : List.of(lines).subList(2, lines.length)) {
      var row = row(columns, line.split(" ", -1));
      weights.put(cell(command, row, "srv_name"), number(command, row, "srv_uweight"));
    }
    return weights;
  }

  /** Sets the weight of a server. */
  void weigh(String backend, String server, int weight, Deadline deadline) {
    change("set server " + backend + "/" + server + " weight " + weight, deadline);
  }

  /** All keys of the map with their values. */
  Map<String, String> entries(Deadline deadline) {
    var command = "show map " + map;
    var entries = new TreeMap<String, String>();
    var answer = socket.ask(command, deadline);
    for (var line : answer.isEmpty() ? new String[0] : answer.split("\n", -1)) {
      var parts = line.split(" ", -1);
      if (parts.length != 3 || !parts[0].startsWith("0x")) {
        throw refused(command, line);
      }
      entries.put(parts[1], parts[2]);
    }
    return entries;
  }

  void put(String key, String value, boolean isThere, Deadline deadline) {
    change((isThere ? "set" : "add") + " map " + map + " " + key + " " + value, deadline);
  }

  void remove(String key, Deadline deadline) {
    change("del map " + map + " " + key, deadline);
  }

  /** Every server of every backend. */
  List<Server> servers(Deadline deadline) {
    var command = "show stat -1 4 -1";
    var lines = socket.ask(command, deadline).split("\n", -1);
    if (!lines[0].startsWith("# ")) {
      throw refused(command, lines[0]);
    }
    var columns = List.of(lines[0].substring(2).split(",", -1));
    return List.of(lines).subList(1, lines.length).stream()
        .map(line -> row(columns, line.split(",", -1)))
        .map(
            row ->
                new Server(
                    cell(command, row, "pxname"),
                    cell(command, row, "svname"),
                    cell(command, row, "status"),
                    number(command, row, "scur") + (long) number(command, row, "qcur")))
        .toList();
  }

  /** What is done is done without a word; whatever is said is why it was not. */
  private void change(String command, Deadline deadline) {
    var answer = socket.ask(command, deadline);
    if (!answer.isEmpty()) {
      throw refused(command, answer.split("\n", 2)[0]);
    }
  }

  private HaproxyException refused(String command, String line) {
    return socket.failed(command, "it says '" + line + "'" + nextStep(line));
  }

  private String nextStep(String line) {
    if (line.startsWith("No such") || line.startsWith("Can't find")) {
      return "; name the backend and its servers as the configuration does";
    }
    if (line.startsWith("Unknown map")) {
      return "; refer to " + map + " in the configuration, as the README of pipeline-haproxy shows";
    }
    if (line.startsWith("Permission denied")) {
      return "; give the stats socket 'level admin'";
    }
    return line.startsWith("Backend is using a static LB algorithm")
        ? "; use a balance that takes weights, such as roundrobin, or hash-type consistent"
        : "";
  }

  private static Map<String, String> row(List<String> columns, String[] cells) {
    var row = new HashMap<String, String>();
    for (var i = 0; i < Math.min(columns.size(), cells.length); i++) {
      row.put(columns.get(i), cells[i]);
    }
    return row;
  }

  private String cell(String command, Map<String, String> row, String column) {
    var cell = row.get(column);
    if (cell == null) {
      throw socket.failed(command, "its answer has no " + column + SHORT_OF_A_LINE);
    }
    return cell;
  }

  private int number(String command, Map<String, String> row, String column) {
    var cell = cell(command, row, column);
    try {
      return Integer.parseInt(cell);
    } catch (NumberFormatException e) {
      throw socket.failed(command, column + " is '" + cell + "', expected a number");
    }
  }
}
