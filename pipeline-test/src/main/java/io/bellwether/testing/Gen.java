package io.bellwether.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Draws the values of one random case; the same number draws the same values on every machine.
 *
 * <p>The {@code next} methods draw evenly, as a simulation needs it. The {@code between} methods
 * are made to find bugs: they include both ends and draw each of them in one of eight cases. Not
 * thread-safe; a case with threads gives each its own {@link #split}.
 */
public final class Gen {
  /** Well-formed, each known to have broken something: quoting, case mapping, layout, encoding. */
  private static final List<String> NASTY =
      List.of(
          " ",
          "\t",
          "\n",
          "\r\n",
          "\0",
          "'",
          "\"",
          "\\",
          "/",
          "../",
          ";",
          ",",
          "=",
          ":",
          "#",
          "%s",
          "${NAME}",
          "{}",
          "<b>",
          "&amp;",
          "0",
          "-1",
          "\u00e9",
          "e\u0301",
          "\u00df",
          "\u0130",
          "\u0131",
          "\u6f22\u5b57",
          "\u202e",
          "\u200b",
          "\ufeff",
          "\uffff",
          "\ud83d\ude00",
          "\ud83d\udc69\u200d\ud83d\udc67");

  private final SplittableRandom random;

  Gen(long number) {
    this(new SplittableRandom(number));
  }

  private Gen(SplittableRandom random) {
    this.random = random;
  }

  /** Any long, evenly. */
  public long nextLong() {
    return random.nextLong();
  }

  /** An int from 0 up to and without the bound, evenly. */
  public int nextInt(int bound) {
    return nextInt(0, bound);
  }

  /** An int from the origin up to and without the bound, evenly. */
  public int nextInt(int origin, int bound) {
    return (int) evenly(origin, bound - 1L);
  }

  /** A double from 0 up to and without 1, evenly. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** True or false, evenly. */
  public boolean nextBoolean() {
    return nextLong() < 0;
  }

  /** True with this probability, from 0 to 1. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** An int between these, ends included and likely. */
  public int between(int low, int high) {
    return (int) between((long) low, (long) high);
  }

  /** A long between these, ends included and likely. */
  public long between(long low, long high) {
    return switch (nextInt(8)) {
      case 0 -> evenly(low, low);
      case 1 -> evenly(high, high);
      default -> evenly(low, high);
    };
  }

  /** A double between these, ends included and likely. */
  public double between(double low, double high) {
    requireOrder(low <= high, low, high);
    return switch (nextInt(8)) {
      case 0 -> low;
      case 1 -> high;
      default -> Math.min(high, low + nextDouble() * (high - low));
    };
  }

  /** A duration between these in nanoseconds, ends included and likely. */
  public Duration between(Duration low, Duration high) {
    return Duration.ofNanos(between(low.toNanos(), high.toNanos()));
  }

  /** One of these, evenly. */
  @SafeVarargs
  public final <T> T pick(T... choices) {
    return choices[nextInt(choices.length)];
  }

  /** One of these, evenly. */
  public <T> T pick(List<T> choices) {
    return choices.get(nextInt(choices.size()));
  }

  /** A list whose length is between these, ends included and likely. */
  public <T> List<T> list(int low, int high, Supplier<? extends T> element) {
    return Stream.<T>generate(element).limit(between(low, high)).toList();
  }

  /** Some of these, perhaps none, perhaps all, in their order. */
  public <T> List<T> subset(Collection<? extends T> all) {
    var share = between(0.0, 1.0);
    return all.stream().<T>map(element -> element).filter(element -> chance(share)).toList();
  }

  /** All of these in a random order. */
  public <T> List<T> shuffle(Collection<? extends T> all) {
    var shuffled = new ArrayList<T>(all);
    for (var last = shuffled.size() - 1; last > 0; last--) {
      var other = nextInt(last + 1);
      shuffled.set(other, shuffled.set(last, shuffled.get(other)));
    }
    return List.copyOf(shuffled);
  }

  /** A lower case ASCII word of 1 to 12 letters, for names. */
  public String word() {
    return letters(between(1, 12));
  }

  /**
   * A string of at most this many UTF-16 characters, a third of them picked to cause trouble:
   * quotes, control characters, combining marks, directions, emoji. Always well-formed.
   */
  public String string(int maxLength) {
    var length = between(0, maxLength);
    var text = new StringBuilder();
    while (text.length() < length) {
      var piece = chance(1 / 3.0) ? pick(NASTY) : letters(1);
      if (text.length() + piece.length() <= length) {
        text.append(piece);
      }
    }
    return text.toString();
  }

  /** A generator of its own for another thread; what it draws does not depend on this one's. */
  public Gen split() {
    return new Gen(random.split());
  }

  private String letters(int count) {
    var text = new StringBuilder();
    for (var i = 0; i < count; i++) {
      text.append((char) nextInt('a', 'z' + 1));
    }
    return text.toString();
  }

  /** Built on {@code nextLong} alone, so that no JDK's choice of algorithm shows. */
  private long evenly(long low, long high) {
    requireOrder(low <= high, low, high);
    var range = high - low + 1; // 0 stands for all 2^64 values
    return range == 0 ? nextLong() : low + Long.remainderUnsigned(nextLong(), range);
  }

  private static void requireOrder(boolean ordered, Object low, Object high) {
    if (!ordered) {
      throw new IllegalArgumentException("nothing to draw from " + low + " to " + high);
    }
  }
}
