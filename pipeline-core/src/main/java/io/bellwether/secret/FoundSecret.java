package io.bellwether.secret;

import java.time.Instant;
import java.util.Optional;

/**
 * A secret together with where it came from; everything but the secret may be shown.
 *
 * @param name what it was asked for by
 * @param secret the secret
 * @param scope for whom it was made
 * @param source who had it, such as {@code environment variables}
 * @param version which edition of it, such as {@code 7}; empty when the source keeps no count
 * @param since when this edition was made, if the source knows: its age is judged by it
 */
public record FoundSecret(
    String name,
    Secret secret,
    SecretScope scope,
    String source,
    String version,
    Optional<Instant> since) {
  /** A secret of a source that counts no versions and knows no age. */
  public static FoundSecret of(String name, Secret secret, SecretScope scope, String source) {
    return new FoundSecret(name, secret, scope, source, "", Optional.empty());
  }

  /** The same secret, made for another scope. */
  public FoundSecret scope(SecretScope scope) {
    return new FoundSecret(name, secret, scope, source, version, since);
  }

  /** For example {@code AI_API_KEY of environment production, from environment variables}. */
  @Override
  public String toString() {
    return name
        + " of "
        + scope
        + ", from "
        + source
        + (version.isEmpty() ? "" : ", version " + version);
  }
}
