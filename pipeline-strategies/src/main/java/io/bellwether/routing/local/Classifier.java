package io.bellwether.routing.local;

import io.bellwether.metrics.Outcome;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The host's judgement of its own answers: what counts as useful, empty or failed, and how many
 * tokens an answer used.
 *
 * <p>Called once per request, after the clock was read, on the caller's thread; so it should be
 * fast, and keep its outcomes in constants. Implementations are thread-safe. One that throws does
 * not hurt the caller: any answer then counts as a success without tokens, nothing as empty, a
 * failure by its class, and the fault is counted and logged once.
 *
 * @param <T> the answers it judges
 */
public interface Classifier<T extends @Nullable Object> {
  /**
   * What an answer counts as.
   *
   * @return by default empty for nothing, a blank text and an empty {@code Optional}, else success
   */
  default Outcome outcome(T answer) {
    return hasContent(answer) ? Outcome.success() : Outcome.empty();
  }

  /**
   * What a failure counts as; it reaches the caller in any case.
   *
   * @return by default an error whose kind is the simple name of the exception's class
   */
  default Outcome failure(Throwable failure) {
    return ErrorKinds.of(failure);
  }

  /**
   * The tokens an answer used.
   *
   * @return by default 0, which stands for unknown
   */
  default long tokens(T answer) {
    return 0;
  }

  /**
   * A value of an answer whose mean is compared between versions, such as its cost.
   *
   * @param mean the name of one of the windows' {@link io.bellwether.metrics.CappedMean}s; asked
   *     for each of them
   * @return by default NaN, which stands for none
   */
  default double value(String mean, T answer) {
    return Double.NaN;
  }

  /** The defaults. */
  static <T extends @Nullable Object> Classifier<T> standard() {
    return StandardClassifier.instance();
  }

  /** The defaults, and tokens counted like this: {@code counting(Answer::totalTokens)}. */
  static <T extends @Nullable Object> Classifier<T> counting(ToLongFunction<? super T> tokens) {
    return new Classifier<>() {
      @Override
      public long tokens(T answer) {
        return tokens.applyAsLong(answer);
      }
    };
  }

  private static boolean hasContent(@Nullable Object answer) {
    if (answer instanceof CharSequence text) {
      return !isBlank(text);
    }
    return answer != null && !(answer instanceof Optional<?> optional && optional.isEmpty());
  }

  private static boolean isBlank(CharSequence text) {
    for (var at = 0; at < text.length(); at++) {
      if (!Character.isWhitespace(text.charAt(at))) {
        return false;
      }
    }
    return true;
  }
}
