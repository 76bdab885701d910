package io.bellwether;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects everything that is wrong with a plan or a configuration, so that a user mends it in one
 * round instead of one error at a time.
 *
 * <p>Not thread-safe; made to live inside one {@code build()} call.
 */
public final class Problems {
  private final List<String> found = new ArrayList<>();

  /** Adds a problem: what, where, the actual value, what is allowed. */
  public Problems add(String problem) {
    found.add(problem);
    return this;
  }

  /** Adds the problem unless {@code holds}. */
  public Problems require(boolean holds, String problem) {
    return holds ? this : add(problem);
  }

  /** The problems so far, in the order they were found. */
  public List<String> list() {
    return List.copyOf(found);
  }

  /**
   * Throws one exception that lists every problem, if there is any.
   *
   * @param subject what was being built, for example {@code "rollout plan 'support-prompt'"}
   * @throws InvalidConfigurationException if a problem was added
   */
  public void throwIfAny(String subject) {
    if (!found.isEmpty()) {
      throw new InvalidConfigurationException(subject, found);
    }
  }
}
