package io.bellwether.examples.quickstart.load;

import java.util.SplittableRandom;

/**
 * The users: who asks next is drawn at random, everybody equally often.
 *
 * @param size how many users there are; positive
 * @param seed of the generator
 */
public record Population(int size, long seed) {
  /** The user who makes a request: the same for the same number. */
  public String user(long request) {
    return "user-" + new SplittableRandom(seed + request).nextInt(size);
  }
}
