package io.bellwether.slo;

import java.util.EnumSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether a kind of change may be deployed in a band, and on which conditions. Immutable and
 * thread-safe.
 *
 * @param allowed whether at all
 * @param requires what somebody has to have done before
 * @param perWindow how many deploys there may be in the policy's rolling window, this one included
 */
public record Permission(boolean allowed, Set<Requirement> requires, OptionalInt perWindow) {
  /** What somebody has to have done before a deploy. */
  public enum Requirement {
    /** An enhanced review. */
    ENHANCED_REVIEW("an enhanced review"),
    /** The approval of a vice president. */
    VP_APPROVAL("VP approval");

    private final String words;

    Requirement(String words) {
      this.words = words;
    }

    /** The requirement in words. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** Copies the requirements. */
  public Permission {
    requires = Set.copyOf(requires);
    if (perWindow.isPresent() && perWindow.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "deploys per window " + perWindow.getAsInt() + ": at least 1; to allow none, refuse");
    }
  }

  /** Without conditions. */
  public static Permission free() {
    return new Permission(true, Set.of(), OptionalInt.empty());
  }

  /** Not at all. */
  public static Permission refused() {
    return new Permission(false, Set.of(), OptionalInt.empty());
  }

  /** Once this was done. */
  public static Permission after(Requirement first, Requirement... more) {
    return new Permission(true, EnumSet.of(first, more), OptionalInt.empty());
  }

  /** The same, so often in the policy's rolling window. */
  public Permission atMost(int deploys) {
    return new Permission(allowed, requires, OptionalInt.of(deploys));
  }

  /** For example {@code after an enhanced review, at most 3 per window}. */
  @Override
  public String toString() {
    if (!allowed) {
      return "refused";
    }
    var after =
        requires.stream().sorted().map(Requirement::toString).collect(Collectors.joining(" and "));
    return (after.isEmpty() ? "allowed" : "after " + after)
        + (perWindow.isPresent() ? ", at most " + perWindow.getAsInt() + " per window" : "");
  }
}
