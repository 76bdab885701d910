package io.bellwether.strategy;

/** A quick try of a version that has no users yet. */
@FunctionalInterface
public interface SmokeTest {
  /**
   * Tries the slot.
   *
   * @throws Exception or any error, if it does not do what it should; its message becomes the
   *     rollout's reason
   */
  void run(String slot) throws Exception;
}
