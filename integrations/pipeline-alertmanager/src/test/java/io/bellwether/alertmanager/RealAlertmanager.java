package io.bellwether.alertmanager;

import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A Prometheus Alertmanager as a process of its own, on the loopback interface. */
final class RealAlertmanager implements AutoCloseable {
  private final Process process;
  private final String base;
  private final HttpClient client = HttpClient.newHttpClient();

  private RealAlertmanager(Process process, int port) {
    this.process = process;
    base = "http://127.0.0.1:" + port;
  }

  /**
   * The program, installed from the Debian package if it is missing and this user may; empty when
   * it cannot be had. The package has to be installed: the program looks for its templates where
   * that puts them.
   */
  static Optional<Path> program() {
    return RealProgram.find("prometheus-alertmanager", "prometheus-alertmanager");
  }

  static RealAlertmanager start(Path program, Path config, Path folder) throws IOException {
    var port = RealProgram.freePort();
    var process =
        RealProgram.start(
            folder.resolve("alertmanager.log"),
            program.toString(),
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address=",
            "--log.level=error");
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
