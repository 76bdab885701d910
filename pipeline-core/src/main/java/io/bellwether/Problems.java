package io.bellwether;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

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

  /**
   * Adds the problem that there is nothing where something has to be; whether there is something.
   *
   * @param what for example {@code "the timing"}
   */
  public boolean given(@Nullable Object value, String what) {
    require(value != null, what + " is null; give one, or leave the call out");
    return value != null;
  }

  /**
   * Those that are something; adds a problem for each that is not.
   *
   * @param what for example {@code "a gate"}
   */
  public <T> List<T> allGiven(String what, T[] values) {
    return given(values, what) ? allGiven(what, Arrays.asList(values)) : List.of();
  }

  /** The same for a list. */
  public <T> List<T> allGiven(String what, List<T> values) {
    return given(values, what)
        ? values.stream().filter(value -> given(value, what)).toList()
        : List.of();
  }

  /**
   * The value given; where something is wrong with it, that is added and the other one is taken.
   */
  public <T> T valid(Optional<String> problem, T given, T otherwise) {
    problem.ifPresent(this::add);
    return problem.isPresent() ? otherwise : given;
  }

  /** What could be made; where it could not, the problems with it are added. */
  public <T> Optional<T> attempt(String where, Supplier<T> part) {
    try {
      return Optional.of(part.get());
    } catch (InvalidConfigurationException e) {
      e.problems().forEach(problem -> add(where + ": " + problem));
    } catch (IllegalArgumentException e) {
      add(where + ": " + e.getMessage());
    }
    return Optional.empty();
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
