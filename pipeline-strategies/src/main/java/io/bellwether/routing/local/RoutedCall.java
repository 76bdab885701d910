package io.bellwether.routing.local;

import io.bellwether.release.Version;
import org.jspecify.annotations.Nullable;

/**
 * What a host does with the version its user was routed to.
 *
 * @param <T> the answer
 * @param <X> what the call may throw; inferred as unchecked where it throws nothing checked
 */
@FunctionalInterface
public interface RoutedCall<T extends @Nullable Object, X extends Throwable> {
  /** Answers the request with this version. */
  T on(Version version) throws X;
}
