package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.notice.Reason;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a group has news for a receiver, by what it was told last. */
public final class Dedup {
  private Dedup() {}

  /**
   * What a receiver was told last.
   *
   * @param firing what it knows to fire
   * @param resolved what it knows to be over
   * @param ago how long ago
   */
  public record Told<T>(Set<T> firing, Set<T> resolved, Duration ago) {}

  /**
   * Why the receiver has to be told now.
   *
   * @param told what it was told last; null if nothing
   * @param firing what fires now
   * @param resolved what is over
   * @param repeat after how long it is reminded; exactly as long is enough
   * @param sendResolved whether it wants to hear what is over
   */
  public static <T> Reason reason(
      @Nullable Told<T> told,
      Set<T> firing,
      Set<T> resolved,
      Duration repeat,
      boolean sendResolved) {
    if (told == null) {
      return firing.isEmpty() ? Reason.NONE : Reason.FIRST;
    }
    if (!told.firing().containsAll(firing)) {
      return told.firing().isEmpty() ? Reason.FIRST : Reason.NEW_ALERTS;
    }
    if (firing.isEmpty()) {
      return told.firing().isEmpty() ? Reason.NONE : Reason.ALL_RESOLVED;
    }
    if (sendResolved && !told.resolved().containsAll(resolved)) {
      return Reason.SOME_RESOLVED;
    }
    return told.ago().compareTo(repeat) >= 0 ? Reason.REPEAT : Reason.NONE;
  }
}
