package io.bellwether.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers commands as it was told, and 250 to any other. */
final class ScriptedSmtp implements AutoCloseable {
  private final ServerSocket socket;
  private final Map<String, String> answers;
  private final List<String> commands = new CopyOnWriteArrayList<>();

  ScriptedSmtp(Map<String, String> answers) throws IOException {
    this.answers = answers;
    socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    var thread = new Thread(this::serve, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return socket.getLocalPort();
  }

  List<String> commands() {
    return commands;
  }

  private void serve() {
    try (var client = socket.accept();
        var in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))) {
      say(client.getOutputStream(), "220 ready");
      var inData = false;
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        inData &= !line.equals(".");
        if (!inData) {
          say(client.getOutputStream(), answer(line));
          inData = line.equals("DATA");
        }
      }
    } catch (IOException closed) {
      commands.add("closed");
    }
  }

  private String answer(String line) {
    var whole = answers.get(line);
    var byVerb = answers.getOrDefault(line.split(" ", -1)[0], "250 fine");
    return whole == null ? byVerb : whole;
  }

  private static void say(OutputStream out, String answer) throws IOException {
    out.write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
