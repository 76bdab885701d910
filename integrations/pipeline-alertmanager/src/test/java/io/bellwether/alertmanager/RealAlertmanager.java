package io.bellwether.alertmanager;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** A Prometheus Alertmanager as a process of its own, on the loopback interface. */
final class RealAlertmanager implements AutoCloseable {
  private final Process process;
  private final String base;
  private final HttpClient client = HttpClient.newHttpClient();

  private RealAlertmanager(Process process, int port) {
    this.process = process;
    base = "http://127.0.0.1:" + port;
  }

  /** The program: installed, or taken out of the Debian package; empty when there is neither. */
  static Optional<Path> program(Path folder) throws IOException, InterruptedException {
    for (var name : List.of("prometheus-alertmanager", "alertmanager")) {
      var installed =
          Stream.of(System.getenv("PATH").split(":", -1))
              .map(directory -> Path.of(directory, name))
              .filter(Files::isExecutable)
              .findFirst();
      if (installed.isPresent()) {
        return installed;
      }
    }
    if (run(folder, "apt-get", "download", "prometheus-alertmanager")
        && run(folder, "sh", "-c", "dpkg-deb -x prometheus-alertmanager_*.deb .")) {
      return Optional.of(folder.resolve("usr/bin/prometheus-alertmanager"))
          .filter(Files::isExecutable);
    }
    return Optional.empty();
  }

  private static boolean run(Path folder, String... command)
      throws IOException, InterruptedException {
    try {
      var process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (process.waitFor(2, TimeUnit.MINUTES)) {
        return process.exitValue() == 0;
      }
      process.destroyForcibly();
      return false;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  static RealAlertmanager start(Path program, Path config, Path folder) throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    var process =
        new ProcessBuilder(
                program.toString(),
                "--config.file=" + config,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=",
                "--log.level=error")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("alertmanager.log").toFile())
            .start();
    var alertmanager = new RealAlertmanager(process, port);
    alertmanager.awaitReady();
    return alertmanager;
  }

  private void awaitReady() throws IOException {
    var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (System.nanoTime() - deadline < 0) {
      try {
        if (send(HttpRequest.newBuilder(URI.create(base + "/-/ready")).build()).equals("OK")) {
          return;
        }
      } catch (IOException notYet) {
        LockSupport.parkNanos(20_000_000);
      }
    }
    close();
    throw new IOException("Alertmanager was not ready within 30 s");
  }

  void post(String alerts) throws IOException {
    send(
        HttpRequest.newBuilder(URI.create(base + "/api/v2/alerts"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(alerts))
            .build());
  }

  String groups() throws IOException {
    return send(HttpRequest.newBuilder(URI.create(base + "/api/v2/alerts/groups")).build());
  }

  private String send(HttpRequest request) throws IOException {
    try {
      var response = client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
      if (response.statusCode() != 200) {
        throw new IOException("status " + response.statusCode() + ": " + response.body());
      }
      return response.body().strip();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
