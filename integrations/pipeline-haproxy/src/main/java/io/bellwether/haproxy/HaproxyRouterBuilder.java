package io.bellwether.haproxy;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Wires a {@link HaproxyRouter}. Not thread-safe. */
public final class HaproxyRouterBuilder {
  private final Problems problems = new Problems();
  private final List<Wiring> wirings = new ArrayList<>();
  private Optional<RuntimeSocket> socket = Optional.empty();
  private boolean stated;
  private String map = "";
  private Duration deadline = Duration.ofSeconds(5);
  private Ticker ticker = Ticker.system();

  HaproxyRouterBuilder() {}

  /** Talks to the stats socket of this path, which has to be of level admin. */
  public HaproxyRouterBuilder unix(Path path) {
    problems
        .attempt("unix", () -> UnixDomainSocketAddress.of(path))
        .ifPresent(address -> socket = Optional.of(RuntimeSocket.unix(address)));
    return this;
  }

  /**
   * Talks to a stats socket bound to this address: it is not encrypted and asks for no password.
   */
  public HaproxyRouterBuilder tcp(String host, int port) {
    problems.require(!host.isBlank(), "tcp: the host is blank");
    problems.require(port >= 1 && port <= 65_535, "tcp: port " + port + ", expected 1 to 65535");
    socket = Optional.of(RuntimeSocket.tcp(host, port));
    return this;
  }

  /** The map both work with, named as HAProxy's configuration does, for example by its path. */
  public HaproxyRouterBuilder map(String name) {
    map = name;
    return this;
  }

  /** Adds a release, with the backend and the servers that serve it. */
  public HaproxyRouterBuilder release(String name, Consumer<HaproxyRelease> wiring) {
    stated = true;
    var release = new HaproxyRelease(name);
    wiring.accept(release);
    problems.attempt("release '" + name + "'", release::build).ifPresent(wirings::add);
    return this;
  }

  /** How long one call may take with all its commands; 5 s unless stated. */
  public HaproxyRouterBuilder deadline(Duration deadline) {
    this.deadline =
        problems.valid(
            Durations.positiveProblem("the deadline", deadline), deadline, this.deadline);
    return this;
  }

  /** The time the deadline runs on; the JVM's monotonic clock unless stated. */
  public HaproxyRouterBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  HaproxyRouter build() {
    problems
        .require(socket.isPresent(), "no socket: say unix(path) or tcp(host, port)")
        .require(
            map.matches("[^\\s;]+"),
            "map '"
                + map
                + "': expected the path HAProxy's configuration names it by, without"
                + " blanks and ';'")
        .require(stated, "no release: say which backend serves which");
    problems.require(
        wirings.stream().map(Wiring::release).distinct().count() == wirings.size(),
        "a release is wired twice");
    problems.require(
        wirings.stream().map(Wiring::backend).distinct().count() == wirings.size(),
        "a backend serves two releases: their weights would be each other's");
    problems.throwIfAny("HAProxy router");
    return new HaproxyRouter(socket.orElseThrow(), map, wirings, deadline, ticker);
  }
}
