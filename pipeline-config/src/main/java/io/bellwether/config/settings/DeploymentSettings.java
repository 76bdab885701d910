package io.bellwether.config.settings;

import java.net.URI;
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

  private static boolean isWeb(URI uri) {
    return uri.getHost() != null
        && ("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()));
  }
}
