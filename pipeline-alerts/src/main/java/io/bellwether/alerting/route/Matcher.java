package io.bellwether.alerting.route;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A condition on one label. Regular expressions have to match the whole value, a dot matches
 * anything but a line feed, a missing label counts as empty; as Alertmanager has it.
 *
 * <p>A regular expression gets a bounded number of steps: one that would backtrack for ever counts
 * as not matching. Immutable and thread-safe.
 */
public final class Matcher {
  /** How a matcher compares. */
  public enum Op {
    /** The value is this. */
    EQUAL("="),
    /** The value is not this. */
    NOT_EQUAL("!="),
    /** The value matches. */
    MATCHES("=~"),
    /** The value does not match. */
    DOES_NOT_MATCH("!~");

    private final String sign;

    Op(String sign) {
      this.sign = sign;
    }

    /** As it is written: {@code =}, {@code !=}, {@code =~} or {@code !~}. */
    public String sign() {
      return sign;
    }

    private static Op of(String sign) {
      for (var op : values()) {
        if (op.sign.equals(sign)) {
          return op;
        }
      }
      throw new IllegalArgumentException("no operator: " + sign);
    }
  }

  private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9_-]*(\\|[A-Za-z0-9_-]*)*");
  private static final Pattern TEXT =
      Pattern.compile(
          "\\s*([a-zA-Z_:][a-zA-Z0-9_:.\\-]*)\\s*(=~|!=|!~|=)\\s*(.*?)\\s*", Pattern.DOTALL);

  private final String name;
  private final Op op;
  private final String value;
  private final @Nullable Expression expression;

  /** What a regular expression matches that only lists words, such as {@code a|b}. */
  private final Set<String> words;

  private Matcher(String name, Op op, String value) {
    this.name = name;
    this.op = op;
    this.value = value;
    expression =
        switch (op) {
          case EQUAL, NOT_EQUAL -> null;
          case MATCHES, DOES_NOT_MATCH -> Expression.of(value);
        };
    words =
        expression != null && WORDS.matcher(value).matches()
            ? Set.of(Stream.of(value.split("\\|", -1)).distinct().toArray(String[]::new))
            : Set.of();
  }

  /** A matcher; one whose regular expression is no good has a {@link #problem}. */
  public static Matcher of(String name, Op op, String value) {
    return new Matcher(name, op, value);
  }

  /** Takes alerts of this severity. */
  public static Matcher severity(Severity severity) {
    return of("severity", Op.EQUAL, AlertLabels.text(severity));
  }

  /** Takes alerts with this value of this label. */
  public static Matcher label(String name, String value) {
    return of(name, Op.EQUAL, value);
  }

  /** Takes alerts whose whole value of this label matches. */
  public static Matcher matching(String name, String regex) {
    return of(name, Op.MATCHES, regex);
  }

  /**
   * A matcher as it is written: <code>env=~"prod(uction)?"</code>; the quotes may be left out. One
   * whose regular expression is no good has a {@link #problem}.
   *
   * @throws BellwetherException if it is no matcher
   */
  public static Matcher parse(String text) {
    var found = TEXT.matcher(text);
    if (!found.matches()) {
      throw new BellwetherException(
          "matcher '" + text + "': expected a label, one of = != =~ !~ and a value");
    }
    return of(found.group(1), Op.of(found.group(2)), unquoted(text, found.group(3)));
  }

  private static String unquoted(String text, String value) {
    var quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
    if (!quoted) {
      if (value.startsWith("\"") || value.endsWith("\"") && !value.endsWith("\\\"")) {
        throw new BellwetherException("matcher '" + text + "': a quote is not closed");
      }
      return value;
    }
    return LabelText.unescaped(value.substring(1, value.length() - 1));
  }

  /** The label it looks at. */
  public String name() {
    return name;
  }

  /** How it compares. */
  public Op op() {
    return op;
  }

  /** What it compares with. */
  public String value() {
    return value;
  }

  /**
   * What is wrong with its regular expression: invalid, longer than 4,096 characters or
   * backtracking without end. No router, silence or inhibition is built with it; the problem stands
   * among the others of the build.
   */
  public Optional<String> problem() {
    return expression == null
        ? Optional.empty()
        : expression.problem().map(found -> "matcher on '" + name + "': " + found);
  }

  /** Whether these labels satisfy it. */
  public boolean matches(Labels labels) {
    return accepts(labels.value(name));
  }

  /** Whether this value satisfies it. */
  public boolean accepts(String actual) {
    return switch (op) {
      case EQUAL -> value.equals(actual);
      case NOT_EQUAL -> !value.equals(actual);
      case MATCHES -> matchesWhole(actual);
      case DOES_NOT_MATCH -> !matchesWhole(actual);
    };
  }

  private boolean matchesWhole(String actual) {
    if (!words.isEmpty()) {
      return words.contains(actual);
    }
    return expression != null && expression.matches(actual);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Matcher matcher
        && name.equals(matcher.name)
        && op == matcher.op
        && value.equals(matcher.value);
  }

  @Override
  public int hashCode() {
    return 31 * name.hashCode() + value.hashCode();
  }

  /** As it is written, such as <code>env=~"prod(uction)?"</code>. */
  @Override
  public String toString() {
    return name + op.sign + LabelText.quoted(value);
  }
}
