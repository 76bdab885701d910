package io.bellwether.secret.source;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.SecretScope;
import java.time.Instant;
import java.util.Optional;

/**
 * That somebody asked for a secret; for the audit.
 *
 * @param caller who asked
 * @param name for what
 * @param at when
 * @param found whether there was one
 * @param reference names the secret within this process, a keyed hash; empty if there was none
 * @param scope for whom it was made, if there was one
 * @param source who had it; empty if nobody did
 * @param version which edition it was; empty if its source keeps no count
 */
public record SecretAccess(
    String caller,
    String name,
    Instant at,
    boolean found,
    String reference,
    Optional<SecretScope> scope,
    String source,
    String version) {
  static SecretAccess of(String caller, String name, Optional<FoundSecret> found, Instant at) {
    return new SecretAccess(
        caller,
        name,
        at,
        found.isPresent(),
        found.map(one -> one.secret().reference()).orElse(""),
        found.map(FoundSecret::scope),
        found.map(FoundSecret::source).orElse(""),
        found.map(FoundSecret::version).orElse(""));
  }
}
