package io.bellwether.benchmarks;

import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** 1024 user keys of 21 characters, one after the other, so that no key is folded to a constant. */
@State(Scope.Thread)
public class UserKeys {
  /** How many there are; a power of two. */
  public static final int COUNT = 1024;

  /** All of them, the same in every run. */
  public static final String[] ALL = keys();

  private int at;

  /** The next key. */
  public String next() {
    return ALL[nextIndex()];
  }

  /** The index of the next key. */
  public int nextIndex() {
    return at++ & COUNT - 1;
  }

  private static String[] keys() {
    var random = new SplittableRandom(42);
    var keys = new String[COUNT];
    for (var index = 0; index < COUNT; index++) {
      keys[index] = "user-%016x".formatted(random.nextLong());
    }
    return keys;
  }
}
