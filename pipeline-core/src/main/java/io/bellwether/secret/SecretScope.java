package io.bellwether.secret;

import java.util.Objects;

/**
 * For whom a secret was made: for everything in a repository, or for one environment of it.
 *
 * <p>The environment's own wins over the repository's, and production takes none but its own: what
 * every branch can read is no secret of production. Immutable and thread-safe.
 */
public final class SecretScope {
  private static final SecretScope REPOSITORY = new SecretScope("");

  private final String environment;

  private SecretScope(String environment) {
    this.environment = environment;
  }

  /** Shared by all environments. */
  public static SecretScope repository() {
    return REPOSITORY;
  }

  /**
   * Made for this environment alone.
   *
   * @throws IllegalArgumentException if the name is blank
   */
  public static SecretScope environment(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "a secret's environment is blank: expected a name such as \"production\"");
    }
    return new SecretScope(name);
  }

  /** Whether this is the scope of exactly that environment. */
  public boolean isOf(String environment) {
    return this.environment.equals(environment);
  }

  /** Whether a secret of this scope may be seen in that environment at all. */
  public boolean covers(String environment) {
    return equals(REPOSITORY) || isOf(environment);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SecretScope scope && environment.equals(scope.environment);
  }

  @Override
  public int hashCode() {
    return Objects.hash(environment);
  }

  /** {@code repository} or, for example, {@code environment production}. */
  @Override
  public String toString() {
    return environment.isEmpty() ? "repository" : "environment " + environment;
  }
}
