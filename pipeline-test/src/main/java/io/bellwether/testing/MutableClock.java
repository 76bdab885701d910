package io.bellwether.testing;

import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * A clock that stands still until it is moved: wall clock and elapsed time in one.
 *
 * <p>Time passing moves both ({@link #advance}); a correction of the calendar moves the wall clock
 * alone ({@link #wallJump}, {@link #wallTo}), as on a real machine. Thread-safe.
 */
public final class MutableClock implements InstantSource, Ticker {
  /** Where every clock of this kit starts unless told otherwise. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private record Hands(Instant wall, long nanos) {}

  private volatile Hands hands;

  private MutableClock(Hands hands) {
    this.hands = hands;
  }

  /** A clock at {@link #START}, with the ticker at zero. */
  public static MutableClock create() {
    return at(START);
  }

  /** A clock at this instant, with the ticker at zero. */
  public static MutableClock at(Instant wall) {
    return at(wall, 0);
  }

  /**
   * A clock with both hands given. A real ticker may be negative and may overflow; start it at
   * {@code Long.MAX_VALUE} to see whether code compares readings by their difference.
   */
  public static MutableClock at(Instant wall, long nanos) {
    return new MutableClock(new Hands(wall, nanos));
  }

  @Override
  public Instant instant() {
    return hands.wall;
  }

  @Override
  public long nanos() {
    return hands.nanos;
  }

  /**
   * Lets time pass, on the wall clock and on the ticker.
   *
   * @throws IllegalArgumentException if the duration is negative: elapsed time never goes back
   */
  public synchronized MutableClock advance(Duration duration) {
    var nanos = forward(duration);
    hands = new Hands(hands.wall.plus(duration), hands.nanos + nanos);
    return this;
  }

  /** Moves the wall clock alone by this much, forwards or backwards. */
  public synchronized MutableClock wallJump(Duration by) {
    hands = new Hands(hands.wall.plus(by), hands.nanos);
    return this;
  }

  /** Moves the wall clock alone to this instant, earlier or later. */
  public synchronized MutableClock wallTo(Instant wall) {
    hands = new Hands(wall, hands.nanos);
    return this;
  }

  /** The duration's nanoseconds, refused if negative. */
  static long forward(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException(
          "advance("
              + Durations.plain(duration)
              + "): elapsed time never goes back; wallJump moves the wall clock");
    }
    return duration.toNanos();
  }

  /** The wall clock. */
  @Override
  public String toString() {
    return instant().toString();
  }
}
