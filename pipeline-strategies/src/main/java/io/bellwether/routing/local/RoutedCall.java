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

  /**
   * What tells this request from others, the same for all its retries. Asked where outcomes are
   * counted once per request.
   *
   * @return by default null: it is a request of its own
   */
  default @Nullable String id() {
    return null;
  }

  /** The same call as an attempt at the request of this id. */
  default RoutedCall<T, X> withId(String id) {
    var call = this;
    return new RoutedCall<>() {
      @Override
      public T on(Version version) throws X {
        return call.on(version);
      }

      @Override
      public T mirrored(Version version) throws X {
        return call.mirrored(version);
      }

      @Override
      public String id() {
        return id;
      }
    };
  }

  /**
   * Answers a copy of a request that the stable version has answered already: nobody waits for it,
   * and only its outcome counts.
   *
   * <p>By default this is the same call. Override it to leave out what must not happen twice, such
   * as a charge or a message.
   *
   * @param version the candidate
   */
  default T mirrored(Version version) throws X {
    return on(version);
  }
}
