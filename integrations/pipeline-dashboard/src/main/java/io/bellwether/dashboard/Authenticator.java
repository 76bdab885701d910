package io.bellwether.dashboard;

import java.util.Optional;
import java.util.function.Function;

/**
 * The host's own way to tell who asks, such as by a header that its proxy sets and strips from
 * anybody else. Implementations are thread-safe and answer from memory.
 */
@FunctionalInterface
public interface Authenticator {
  /**
   * Who asks; empty for somebody unknown.
   *
   * @param header gives a header of the request by its name
   */
  Optional<Operator> authenticate(Function<String, Optional<String>> header);
}
