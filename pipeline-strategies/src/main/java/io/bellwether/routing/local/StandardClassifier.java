package io.bellwether.routing.local;

import org.jspecify.annotations.Nullable;

/** The defaults of {@link Classifier}, one for all types of answers. */
enum StandardClassifier implements Classifier<@Nullable Object> {
  INSTANCE;

  @SuppressWarnings("unchecked") // it judges any object, so it judges every T
  static <T extends @Nullable Object> Classifier<T> instance() {
    return (Classifier<T>) INSTANCE;
  }
}
