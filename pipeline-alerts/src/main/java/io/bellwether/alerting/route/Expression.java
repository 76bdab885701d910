package io.bellwether.alerting.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** A regular expression over the whole of a value, or why there is none. */
record Expression(Optional<Pattern> pattern, Optional<String> problem) {
  private static final int LONGEST = 4_096;
  private static final int LONGEST_SHOWN = 200;
  private static final int PROBE = 256;

  /** A group that is nothing but a repetition and repeats itself: {@code (a+)*}. */
  private static final Pattern REPEATED_REPETITION =
      Pattern.compile(
          "(?<!\\\\)\\((?:\\?:)?(?:\\[[^]]*]|\\\\.|[^\\\\()\\[\\]])(?:[*+]|\\{\\d+,})\\??\\)(?:[*+]|\\{\\d+,})");

  static Expression of(String regex) {
    if (regex.length() > LONGEST) {
      return none(
          "a regular expression of "
              + regex.length()
              + " characters, at most "
              + LONGEST
              + " are allowed");
    }
    try {
      var pattern = Pattern.compile(regex, Pattern.UNIX_LINES | Pattern.UNICODE_CASE);
      var problem =
          backtracks(regex, pattern)
              ? Optional.of(
                  "regular expression '"
                      + shown(regex)
                      + "' backtracks without end on values it nearly matches; do not repeat what"
                      + " itself repeats")
              : Optional.<String>empty();
      return new Expression(Optional.of(pattern), problem);
    } catch (PatternSyntaxException | StackOverflowError invalid) {
      return none(
          "invalid regular expression '"
              + shown(regex)
              + "'"
              + (invalid instanceof PatternSyntaxException syntax
                  ? ": " + syntax.getDescription() + " at " + syntax.getIndex()
                  : ""));
    }
  }

  private static String shown(String regex) {
    return regex.length() <= LONGEST_SHOWN ? regex : regex.substring(0, LONGEST_SHOWN) + "\u2026";
  }

  private static Expression none(String problem) {
    return new Expression(Optional.empty(), Optional.of(problem));
  }

  private static boolean backtracks(String regex, Pattern pattern) {
    return REPEATED_REPETITION.matcher(regex).find()
        || probes(regex).stream().anyMatch(text -> BoundedText.exhausted(pattern, text));
  }

  /**
   * Texts made of what the expression itself is made of, which it nearly matches: those on which
   * one that backtracks does it longest.
   */
  private static Set<String> probes(String regex) {
    if (!regex.contains("*") && !regex.contains("+") && !regex.contains("{")) {
      return Set.of();
    }
    var letters =
        regex
            .codePoints()
            .filter(Character::isLetterOrDigit)
            .limit(16)
            .mapToObj(Character::toString);
    var probes = new LinkedHashSet<String>(List.of("a", "0"));
    var word = new StringBuilder();
    letters.forEach(
        letter -> {
          probes.add(letter);
          word.append(letter);
        });
    if (!word.isEmpty()) {
      probes.add(word.toString());
    }
    return probes.stream()
        .map(text -> text.repeat(PROBE / text.length()) + "\u0000")
        .collect(Collectors.toSet());
  }

  boolean matches(String text) {
    return pattern.isPresent() && BoundedText.matches(pattern.get(), text);
  }
}
