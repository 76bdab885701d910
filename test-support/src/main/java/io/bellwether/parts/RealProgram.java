package io.bellwether.parts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of this machine that tests run beside the library. */
public final class RealProgram {
  private RealProgram() {}

  /**
   * The program of this name. When it is missing its Debian package is installed, if this user may;
   * a line on standard output says when it cannot be had.
   *
   * @param name of the program
   * @param debianPackage that has it
   */
  public static Optional<Path> find(String name, String debianPackage) {
    var found = installed(name);
    if (found.isPresent()) {
      return found;
    }
    install(debianPackage);
    found = installed(name);
    if (found.isEmpty()) {
      System.out.println(
          "SKIPPED: no "
              + name
              + " is installed, and the Debian package "
              + debianPackage
              + " could not be installed; install it to test beside the real one");
    }
    return found;
  }

  private static Optional<Path> installed(String name) {
    var path = Optional.ofNullable(System.getenv("PATH")).orElse("") + ":/usr/sbin:/sbin";
    return Stream.of(path.split(":", -1))
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void install(String debianPackage) {
    try {
      if (!apt("install", "-y", "--no-install-recommends", debianPackage)) {
        apt("update");
        apt("install", "-y", "--no-install-recommends", debianPackage);
      }
    } catch (IOException noDebian) {
      System.out.println("apt-get is not here: " + noDebian.getMessage());
    }
  }

  private static boolean apt(String... arguments) throws IOException {
    var command = new ArrayList<>(List.of("apt-get", "-o", "DPkg::Lock::Timeout=30"));
    command.addAll(List.of(arguments));
    var builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
    builder.environment().put("RUNLEVEL", "1"); // starts no service
    var process = builder.start();
    try {
      if (process.waitFor(3, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    process.destroyForcibly();
    return false;
  }

  /**
   * Starts a program; what it prints goes to a file.
   *
   * @param log where its output goes
   * @param command program and arguments
   */
  public static Process start(Path log, String... command) {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(log.toFile())
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + List.of(command), e);
    }
  }

  /** A port of the loopback interface that nobody listens on at the moment. */
  public static int freePort() {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
