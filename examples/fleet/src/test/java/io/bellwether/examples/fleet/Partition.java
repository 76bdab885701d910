package io.bellwether.examples.fleet;

import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Drops every packet to a port of the loopback interface, by a rule of iptables. */
final class Partition {
  private final Path iptables;
  private final int port;

  private Partition(Path iptables, int port) {
    this.iptables = iptables;
    this.port = port;
  }

  /** Empty for users who may not. */
  static Optional<Partition> of(int port) {
    return System.getProperty("user.name").equals("root")
        ? RealProgram.find("iptables", "iptables").map(program -> new Partition(program, port))
        : Optional.empty();
  }

  /** Cuts, waits for this, and heals. */
  void during(Runnable wait) {
    if (!rule("-I")) {
      throw new IllegalStateException("iptables takes no rule for port " + port);
    }
    try {
      wait.run();
    } finally {
      if (!rule("-D")) {
        throw new IllegalStateException("the rule that drops port " + port + " is still there");
      }
    }
  }

  private boolean rule(String action) {
    var command = new ArrayList<>(List.of(iptables.toString(), "-w", "5", action, "INPUT"));
    command.addAll(
        List.of("-i", "lo", "-p", "tcp", "--dport", Integer.toString(port), "-j", "DROP"));
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
