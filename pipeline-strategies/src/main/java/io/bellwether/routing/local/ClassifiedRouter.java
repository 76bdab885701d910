package io.bellwether.routing.local;

import org.jspecify.annotations.Nullable;

/**
 * A router together with the host's judgement of its answers, so that each call is one short line.
 *
 * <p>Immutable and thread-safe; it follows the splits of the router it was made from.
 *
 * @param <T> the answers it judges
 */
public final class ClassifiedRouter<T extends @Nullable Object> {
  private final LocalRouter router;
  private final Classifier<T> classifier;

  ClassifiedRouter(LocalRouter router, Classifier<T> classifier) {
    this.router = router;
    this.classifier = classifier;
  }

  /** Answers a request with the version its user gets, and records it. */
  public <A extends T, X extends Throwable> A call(@Nullable String key, RoutedCall<A, X> call)
      throws X {
    return router.call(key, classifier, call);
  }

  /** Answers a request with the version its user gets given these headers, and records it. */
  public <A extends T, X extends Throwable> A call(
      @Nullable String key, RequestHeaders headers, RoutedCall<A, X> call) throws X {
    return router.call(key, headers, classifier, call);
  }
}
