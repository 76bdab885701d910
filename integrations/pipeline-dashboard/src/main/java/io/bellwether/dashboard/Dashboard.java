package io.bellwether.dashboard;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.BellwetherException;
import java.io.IOException;
import java.net.URI;
import java.util.function.UnaryOperator;

/**
 * A running dashboard. Thread-safe; closing it ends every open page's stream and stops listening,
 * and leaves the host's threads alone.
 */
public final class Dashboard implements AutoCloseable {
  private final HttpServer server;
  private final Streams streams;

  private Dashboard(HttpServer server, Streams streams) {
    this.server = server;
    this.streams = streams;
  }

  /**
   * Starts a dashboard.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong at once
   * @throws BellwetherException if it cannot listen there
   */
  public static Dashboard start(UnaryOperator<DashboardBuilder> settings) {
    var given = settings.apply(new DashboardBuilder());
    given.check();
    try {
      var server = HttpServer.create(given.address, 0);
      var time = given.time.orElseThrow();
      var gate = new Gatekeeper(given, server.getAddress().getPort(), time.ticker());
      var board = new Board(given);
      var streams = new Streams(given, board, time);
      server.createContext("/", new Routes(gate, board, new Actions(given), streams));
      server.setExecutor(given.executor.orElseThrow());
      server.start();
      streams.start();
      return new Dashboard(server, streams);
    } catch (IOException e) {
      throw new BellwetherException(
          "the dashboard cannot listen at " + given.address + ": " + e + "; take another address",
          e);
    }
  }

  /**
   * Sets what the JDK's HTTP server reads once per process, where the host has not: no delay before
   * small answers, and at most 20 s for a request to arrive and 200 connections at rest. Has an
   * effect only before the first HTTP server of the process; a host that sets {@code
   * sun.net.httpserver.*} itself need not call it.
   */
  public static void tuneHttpServer() {
    setIfMissing("sun.net.httpserver.nodelay", "true");
    setIfMissing("sun.net.httpserver.maxReqTime", "20");
    setIfMissing("sun.net.httpserver.maxIdleConnections", "200");
    setIfMissing("sun.net.httpserver.maxReqHeaders", "100");
  }

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Where it is, on this machine. */
  public URI uri() {
    var address = server.getAddress();
    var host = address.getAddress().isLoopbackAddress() ? "127.0.0.1" : "localhost";
    return URI.create("http://" + host + ":" + address.getPort() + "/");
  }

  @Override
  public void close() {
    streams.close();
    server.stop(0);
  }
}
