package io.bellwether.examples.fleet;

import io.bellwether.parts.FaultProxy;
import io.bellwether.parts.RealPostgres;
import io.bellwether.parts.RealProgram;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** PostgreSQL, three replicas, each with a proxy on its way to the database, and HAProxy. */
final class Machine implements AutoCloseable {
  static final int REPLICAS = 3;

  private static final long A_MOMENT = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int PATIENCE = 600;

  private final Path directory;
  private final Path haproxyProgram;
  private final RealPostgres postgres;
  private final List<FaultProxy> ways = new ArrayList<>();
  private final List<Integer> ports = new ArrayList<>();
  private final List<Process> replicas = new ArrayList<>();
  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final int port = RealProgram.freePort();
  private Process haproxy;

  private Machine(Path directory, Path haproxyProgram, RealPostgres postgres) {
    this.directory = directory;
    this.haproxyProgram = haproxyProgram;
    this.postgres = postgres;
    new Books(postgres.url()).create();
    for (var i = 0; i < REPLICAS; i++) {
      ways.add(FaultProxy.before(postgres.port()));
      ports.add(RealProgram.freePort());
      replicas.add(launch(i));
    }
    write("haproxy.cfg", haproxyConfiguration());
    haproxy = launchHaproxy();
    for (var i = 0; i < REPLICAS; i++) {
      awaitUp(i);
    }
  }

  /** Everything up and running; empty where a program cannot be had. */
  static Optional<Machine> start(Path directory) {
    var haproxy = RealProgram.find("haproxy", "haproxy");
    return haproxy.isEmpty()
        ? Optional.empty()
        : RealPostgres.start(directory).map(pg -> new Machine(directory, haproxy.get(), pg));
  }

  private Process launch(int replica) {
    var name = name(replica);
    return RealProgram.start(
        directory.resolve(name + "-" + System.nanoTime() + ".out"),
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-Xmx128m",
        "-Dsun.net.httpserver.nodelay=true",
        "-cp",
        System.getProperty("java.class.path"),
        ReplicaProgram.class.getName(),
        name,
        Integer.toString(ports.get(replica)),
        RealPostgres.url(ways.get(replica).port()));
  }

  private Process launchHaproxy() {
    return RealProgram.start(
        directory.resolve("haproxy-" + System.nanoTime() + ".out"),
        haproxyProgram.toString(),
        "-f",
        directory.resolve("haproxy.cfg").toString(),
        "-db");
  }

  private String haproxyConfiguration() {
    var text =
        new StringBuilder(
            """
            global
              maxconn 2000
            defaults
              mode http
              timeout connect 500ms
              timeout client 30s
              timeout server 30s
              retries 3
              option redispatch 1
            frontend users
              bind 127.0.0.1:%d
              default_backend replicas
            backend replicas
              balance roundrobin
              option httpchk GET /health
            """
                .formatted(port));
    for (var i = 0; i < REPLICAS; i++) {
      text.append(
          "  server %s 127.0.0.1:%d check inter 200ms fall 2 rise 1%n"
              .formatted(name(i), ports.get(i)));
    }
    return text.toString();
  }

  static String name(int replica) {
    return "replica-" + (replica + 1);
  }

  /** Where users ask. */
  int port() {
    return port;
  }

  int port(int replica) {
    return ports.get(replica);
  }

  RealPostgres postgres() {
    return postgres;
  }

  /** A replica's way to the database. */
  FaultProxy way(int replica) {
    return ways.get(replica);
  }

  void kill(int replica) {
    end(replicas.get(replica));
  }

  void startAgain(int replica) {
    replicas.set(replica, launch(replica));
    awaitUp(replica);
  }

  void killHaproxy() {
    end(haproxy);
  }

  void startHaproxyAgain() {
    haproxy = launchHaproxy();
  }

  /** What a replica answers; empty if it does not. */
  Optional<HttpResponse<String>> ask(int replica, String path) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + ports.get(replica) + path))
            .timeout(Duration.ofSeconds(12))
            .build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private void awaitUp(int replica) {
    for (var left = PATIENCE; left > 0; left--) {
      if (ask(replica, "/health").isPresent()) {
        return;
      }
      LockSupport.parkNanos(A_MOMENT);
    }
    throw new IllegalStateException(name(replica) + " does not start:\n" + said());
  }

  /** What replicas have said, all of it. */
  String said() {
    try (Stream<Path> files = Files.list(directory)) {
      var text = new StringBuilder();
      for (var file : files.filter(it -> it.toString().endsWith(".out")).sorted().toList()) {
        text.append(Files.readString(file));
      }
      return text.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, String text) {
    try {
      Files.writeString(directory.resolve(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void end(Process process) {
    process.destroyForcibly().onExit().orTimeout(20, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    end(haproxy);
    replicas.forEach(Machine::end);
    ways.forEach(FaultProxy::close);
    postgres.close();
  }
}
