package io.bellwether.config.settings;

import io.bellwether.health.HealthChecks;
import io.bellwether.health.HttpCheck;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Optional;

/**
 * The section {@code deployment}.
 *
 * @param endpoint where the deployed service answers; an absolute address with http or https
 */
public record DeploymentSettings(Optional<URI> endpoint) {
  /** Refuses an address nothing can be sent to. */
  public DeploymentSettings {
    if (endpoint.isPresent() && !isWeb(endpoint.get())) {
      throw new IllegalArgumentException(
          "endpoint: expected an address with http or https and a host, such as"
              + " https://api.example.com");
    }
  }

  /**
   * A health check of what answers at the endpoint, by GET; empty without one.
   *
   * @param path below the endpoint, such as {@code /health}; it replaces the endpoint's own path
   */
  public Optional<HttpCheck> check(HttpClient client, String path) {
    return endpoint.map(base -> HealthChecks.http(client, base.resolve(path)));
  }

  private static boolean isWeb(URI uri) {
    return uri.getHost() != null
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
  }
}
