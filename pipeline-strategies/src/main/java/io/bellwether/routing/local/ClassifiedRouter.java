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
  private final Classifier<? super T> classifier;
  private final @Nullable MirrorComparator<? super T> comparator;

  ClassifiedRouter(
      LocalRouter router,
      Classifier<? super T> classifier,
      @Nullable MirrorComparator<? super T> comparator) {
    this.router = router;
    this.classifier = classifier;
    this.comparator = comparator;
  }

  /**
   * The same, where a mirrored answer is compared with stable's like this. The counts are the
   * metric {@code mirror_mismatch_rate} of the candidate.
   */
  public ClassifiedRouter<T> comparing(MirrorComparator<? super T> comparator) {
    return new ClassifiedRouter<>(router, classifier, comparator);
  }

  /** Answers a request with the version its user gets, and records it. */
  public <A extends T, X extends Throwable> A call(@Nullable String key, RoutedCall<A, X> call)
      throws X {
    return call(key, RequestHeaders.none(), call);
  }

  /** Answers a request with the version its user gets given these headers, and records it. */
  public <A extends T, X extends Throwable> A call(
      @Nullable String key, RequestHeaders headers, RoutedCall<A, X> call) throws X {
    return router.call(key, headers, classifier, comparator, call);
  }
}
