package io.bellwether.store;

import io.bellwether.BellwetherException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Another process that opens a log, says how that went, and holds the log until it is closed. */
final class LogHolder implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;

  private LogHolder(Process process) {
    this.process = process;
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static LogHolder of(Path file) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var path = System.getProperty("java.class.path");
    var command =
        List.of(java, "-XX:TieredStopAtLevel=1", "-cp", path, LogHolder.class.getName(), "" + file);
    return new LogHolder(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** What the process says about opening the log: {@code open}, or why not. */
  String answer() throws IOException {
    return answers.readLine();
  }

  /** Kills it, as a power supply would. */
  void kill() {
    process.destroyForcibly().onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The other process. */
  public static void main(String[] args) throws IOException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var log = RecordLog.open(Path.of(args[0]), (position, record) -> {})) {
      log.append(Records.of("from another process"));
      out.println("open");
      if (System.in.read() != -1) {
        throw new IllegalStateException("nothing is said to it");
      }
    } catch (BellwetherException e) {
      out.println(e.getMessage());
    }
  }
}
