package io.bellwether.secret;

import java.util.Optional;

/**
 * The port through which secrets are fetched: environment variables, mounted files, a vault.
 *
 * <p>Implementations are thread-safe, may block and may throw; an exception never shows a secret.
 * What is not there is empty, and so is what is there without any text.
 */
@FunctionalInterface
public interface SecretSource {
  /** The secret of this name, or empty if this source has none. */
  Optional<FoundSecret> find(String name);

  /**
   * The same secrets, stated to be made for this environment alone. Whoever says so vouches for it:
   * plain environment variables are of the whole repository until their host knows better.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  default SecretSource scope(String environment) {
    var scope = SecretScope.environment(environment);
    return name -> find(name).map(found -> found.scope(scope));
  }
}
