package io.bellwether.release;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Something users see that changes one version at a time.
 *
 * @param name 1 to 100 characters without blanks; it salts the routing, so two releases never pick
 *     the same users, and renaming a release reshuffles them
 * @param initial the version that is stable while the store knows nothing of this release; once a
 *     rollout has been recorded the store's answer wins
 */
public record Release(String name, Version initial) {
  private static final Pattern NAME = Pattern.compile("[\\p{Alnum}][\\p{Alnum}._/-]{0,99}");

  /** Refuses names that could not salt a hash or name a file. */
  public Release {
    nameProblem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
  }

  /**
   * What is wrong with a name for a release; empty if nothing is. For builders that report it
   * together with their own findings.
   */
  public static Optional<String> nameProblem(@Nullable String name) {
    if (name == null) {
      return Optional.of("release name is null: give one such as \"support-prompt\"");
    }
    return NAME.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            "release name '"
                + name.replaceAll("\\p{Cntrl}", "?")
                + "': expected 1 to 100 letters, digits, '.', '_', '/' or '-', starting with a letter"
                + " or a digit, such as \"support-prompt\"");
  }

  /** A release by its name; say next which version it starts from. */
  public static Named named(String name) {
    return new Named(name);
  }

  /**
   * A release that still lacks its first version.
   *
   * @param name the release's name
   */
  public record Named(String name) {
    /** The release, with the version that is stable while the store is empty. */
    public Release initial(Version version) {
      return new Release(name, version);
    }

    /** The release, with the version that is stable while the store is empty. */
    public Release initial(String version) {
      return initial(new Version(version));
    }
  }
}
