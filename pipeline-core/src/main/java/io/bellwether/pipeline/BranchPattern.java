package io.bellwether.pipeline;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Names of branches: {@code *} stands for anything without a slash, {@code **} for anything, all
 * else for itself.
 *
 * @param glob such as {@code main}, {@code release/*} or {@code **}
 */
public record BranchPattern(String glob) {
  private static final Pattern PIECES = Pattern.compile("\\*\\*|\\*|[^*]+");

  /** Refuses a pattern that names nothing. */
  public BranchPattern {
    if (glob.isBlank()) {
      throw new IllegalArgumentException("a branch pattern is blank; write a name or **");
    }
  }

  /** Several patterns. */
  public static List<BranchPattern> of(String... globs) {
    return List.of(globs).stream().map(BranchPattern::new).toList();
  }

  /** Whether one of these patterns matches. */
  public static boolean anyMatches(List<BranchPattern> patterns, String branch) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(branch));
  }

  /** Whether this branch is meant. */
  public boolean matches(String branch) {
    var regex = new StringBuilder();
    var pieces = PIECES.matcher(glob);
    while (pieces.find()) {
      regex.append(
          switch (pieces.group()) {
            case "**" -> ".*";
            case "*" -> "[^/]*";
            default -> Pattern.quote(pieces.group());
          });
    }
    return branch.matches(regex.toString());
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return glob;
  }
}
