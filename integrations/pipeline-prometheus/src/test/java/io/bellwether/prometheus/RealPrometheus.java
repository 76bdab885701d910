package io.bellwether.prometheus;

import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** A Prometheus of this machine that scrapes one target every 200 ms. */
final class RealPrometheus implements AutoCloseable {
  private final Process process;
  private final Path log;
  private final URI address;

  private RealPrometheus(Process process, Path log, URI address) {
    this.process = process;
    this.log = log;
    this.address = address;
  }

  static RealPrometheus start(Path program, Path folder, int target) throws Exception {
    var config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global:
          scrape_interval: 200ms
          scrape_timeout: 200ms
        scrape_configs:
          - job_name: demo
            static_configs:
              - targets: ["127.0.0.1:%d"]
        """
            .formatted(target));
    var port = RealProgram.freePort();
    var log = folder.resolve("prometheus.log");
    var process =
        RealProgram.start(
            log,
            program.toString(),
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port);
    var started = new RealPrometheus(process, log, URI.create("http://127.0.0.1:" + port));
    try {
      started.awaitReady();
    } catch (IOException | InterruptedException e) {
      started.close();
      throw e;
    }
    return started;
  }

  URI address() {
    return address;
  }

  private void awaitReady() throws IOException, InterruptedException {
    var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!isReady()) {
      if (System.nanoTime() - deadline > 0 || !process.isAlive()) {
        throw new IOException("Prometheus does not get ready: " + Files.readString(log));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  private boolean isReady() throws InterruptedException {
    var ready = HttpRequest.newBuilder(address.resolve("/-/ready")).timeout(Duration.ofSeconds(5));
    try {
      return HttpClient.newHttpClient().send(ready.build(), BodyHandlers.discarding()).statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** Ends it at once, as a kill -9 does. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
