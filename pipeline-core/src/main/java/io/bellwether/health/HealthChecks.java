package io.bellwether.health;

import io.bellwether.Ratio;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javax.sql.DataSource;

/** The usual checks. */
public final class HealthChecks {
  /** How often a check over the network looks again before a fault counts. */
  static final int RETRIES = 2;

  private HealthChecks() {}

  /**
   * An HTTP endpoint: OK when it answers 2xx, DOWN otherwise and when it cannot be reached. Looks
   * three times before a fault counts, as far as the registry's deadline lets it: a look that hangs
   * may take all of it, see {@link HttpCheck#within}.
   */
  public static HttpCheck http(HttpClient client, URI endpoint) {
    return new HttpCheck(client, endpoint, HealthStatus.DOWN);
  }

  /**
   * The endpoint of an AI provider: OK when it answers 2xx, DEGRADED when it answers anything else,
   * DOWN when it cannot be reached. Looks three times, as {@link #http} does.
   */
  public static HttpCheck aiApi(HttpClient client, URI endpoint) {
    return new HttpCheck(client, endpoint, HealthStatus.DEGRADED);
  }

  /** A database: OK when a connection of the pool is valid. Looks three times. */
  public static HealthCheck jdbc(DataSource dataSource) {
    HealthCheck check = () -> validate(dataSource);
    return check.withRetries(RETRIES);
  }

  /**
   * Room on the disk a path lies on.
   *
   * @param atLeast below this free share it is DOWN, below twice of it DEGRADED
   */
  public static HealthCheck disk(Path path, Ratio atLeast) {
    return () -> {
      var store = Files.getFileStore(path);
      return room("disk of " + path, store.getUsableSpace(), store.getTotalSpace(), atLeast);
    };
  }

  /**
   * Room in this process' heap, counted against the most it may grow to.
   *
   * @param atLeast below this free share it is DOWN, below twice of it DEGRADED
   */
  public static HealthCheck memory(Ratio atLeast) {
    return () -> {
      var runtime = Runtime.getRuntime();
      var used = runtime.totalMemory() - runtime.freeMemory();
      return room("heap", runtime.maxMemory() - used, runtime.maxMemory(), atLeast);
    };
  }

  static HealthResult room(String what, long free, long total, Ratio atLeast) {
    if (total <= 0) {
      return HealthResult.degraded(what + " does not tell its size");
    }
    var share = (double) free / total;
    var text =
        String.format(Locale.ROOT, "%s: %s free (at least %s)", what, Ratio.format(share), atLeast);
    if (share < atLeast.value()) {
      return HealthResult.down(text);
    }
    return share < 2 * atLeast.value() ? HealthResult.degraded(text) : HealthResult.ok(text);
  }

  private static HealthResult validate(DataSource dataSource) throws Exception {
    try (var connection = dataSource.getConnection()) {
      var seconds = (int) Duration.ofSeconds(2).toSeconds();
      return connection.isValid(seconds)
          ? HealthResult.ok()
          : HealthResult.down("the connection is not valid");
    }
  }
}
