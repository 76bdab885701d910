package io.bellwether.release;

import java.util.Map;
import java.util.Optional;

/**
 * Turns a stored version id into the artefact it names.
 *
 * <p>Called on start-up for the versions the store remembers, possibly from several threads.
 *
 * @param <A> the artefact: a prompt, a model setting, a client
 */
@FunctionalInterface
public interface VersionCatalog<A> {
  /** The artefact of this version, or empty if it cannot be loaded any more; never a guess. */
  Optional<A> find(Version version);

  /** A catalog of artefacts that are all at hand. */
  static <A> VersionCatalog<A> of(Map<Version, A> artefacts) {
    var copy = Map.copyOf(artefacts);
    return version -> Optional.ofNullable(copy.get(version));
  }
}
