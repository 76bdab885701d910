package io.bellwether.routing.local;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The host's comparison of two answers to the same request: stable's, which the user got, and the
 * candidate's, which nobody got.
 *
 * <p>Called on a thread of the mirroring executor, once both have answered; where one of them threw
 * there is nothing to compare, and the candidate's window has the failure. The user may be working
 * with stable's answer meanwhile, so neither answer may be changed, nor used up like a stream.
 * Implementations are thread-safe. One that throws is counted as a fault, and the answers count as
 * not compared.
 *
 * @param <T> the answers it compares
 */
@FunctionalInterface
public interface MirrorComparator<T extends @Nullable Object> {
  /** Whether the candidate's answer would have done as well, and if not, in which way. */
  Comparison compare(T stable, T candidate);

  /** Answers match when they are equal. */
  static <T extends @Nullable Object> MirrorComparator<T> equality() {
    return (stable, candidate) ->
        Objects.equals(stable, candidate) ? Comparison.match() : Comparison.mismatch();
  }
}
