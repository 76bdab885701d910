package io.bellwether.routing.local;

import io.bellwether.metrics.Outcome;

/** The outcome that stands for a class of exceptions, made once per class. */
final class ErrorKinds extends ClassValue<Outcome> {
  private static final ErrorKinds KINDS = new ErrorKinds();
  private static final int LONGEST = 60;

  private ErrorKinds() {}

  static Outcome of(Throwable failure) {
    return KINDS.get(failure.getClass());
  }

  @Override
  protected Outcome computeValue(Class<?> type) {
    var named = type;
    while (named.getSimpleName().isEmpty()) {
      named = named.getSuperclass(); // an anonymous class is known by what it extends
    }
    var name = named.getSimpleName();
    return Outcome.error(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
  }
}
