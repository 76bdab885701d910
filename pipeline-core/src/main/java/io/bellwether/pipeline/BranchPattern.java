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
    var ends = new boolean[branch.length() + 1];
    ends[0] = true;
    var pieces = PIECES.matcher(glob);
    while (pieces.find()) {
      ends = after(pieces.group(), branch, ends);
    }
    return ends[branch.length()];
  }

  /** Where a piece can end that begins at one of these places; linear, whatever the pattern. */
  private static boolean[] after(String piece, String branch, boolean[] begins) {
    var ends = new boolean[begins.length];
    var open = false;
    for (var at = 0; at < begins.length; at++) {
      switch (piece) {
        case "**" -> {
          open |= begins[at];
          ends[at] = open;
        }
        case "*" -> {
          open = begins[at] || open && branch.charAt(at - 1) != '/';
          ends[at] = open;
        }
        default -> {
          if (begins[at] && branch.startsWith(piece, at)) {
            ends[at + piece.length()] = true;
          }
        }
      }
    }
    return ends;
  }

  /** The pattern as it was written. */
  @Override
  public String toString() {
    return glob;
  }
}
