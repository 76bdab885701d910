package io.bellwether.secret.source;

import io.bellwether.secret.source.SecretShapes.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds secrets that were written down. Shapes that only secrets have are certain; a text that is
 * merely random enough under a name that says so is a guess.
 *
 * <p>One pass over the text looks for the two characters a shape can start with; the time grows
 * with the text alone. Stateless and thread-safe.
 */
public final class SecretScanner {
  private static final int ASCII = 128;
  private static final int MIN_LENGTH = 16;
  private static final double GUESS_ENTROPY = 3.5;
  private static final double RANDOM_ENTROPY = 4.3;
  private static final Shape[][] BY_START = byStart();

  /** A key of a configuration with a 32-digit hex value: the name alone gives it away. */
  private static final Pattern HEX_KEY_OWNER =
      Pattern.compile(".*(pagerduty|routing|integration|events|azure|openai).*");

  private static final Pattern HEX_KEY = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern DISCORD = Pattern.compile("[a-f0-9]{64}|[A-Za-z0-9_-]{32}");
  private static final Pattern COHERE = Pattern.compile("[A-Za-z0-9]{40}");
  private static final Pattern AWS_SECRET = Pattern.compile("[A-Za-z0-9/+]{40}");
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_+/=.~-]{24,150}");
  private static final Pattern WORDLIKE = Pattern.compile("[A-Za-z]+|[0-9a-f-]{36}|.*[/.]{1}.*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "(?i)(?:api[_-]?key|secret|token|password|passwd|credential)s?[\"']?\\s{0,3}[:=]\\s{0,3}"
              + "[\"']?([A-Za-z0-9_+/=.~-]{16,150})");

  /** The password of an address; a placeholder or a word that only stands for one is none. */
  private static final Pattern IN_ADDRESS =
      Pattern.compile(
          "://[^\\s/:@]{0,100}:(?!(?i:pass|password|passwd|secret|token|x+)@)([^\\s/@${}<>*]{4,200})@");

  private SecretScanner() {}

  /** What looks like a secret in this text, certain findings first. */
  public static List<SecretFinding> scan(String text) {
    var found = shapes(text);
    if (found.isEmpty() && text.length() >= MIN_LENGTH) {
      var matcher = ASSIGNMENT.matcher(text);
      while (matcher.find()) {
        if (isGuess(matcher.group(1))) {
          found.add(new SecretFinding("assigned", false, matcher.start(1), matcher.end(1)));
        }
      }
      inAddress(text, found);
    }
    return found;
  }

  /**
   * What looks like a secret in the value of a key, certain findings first.
   *
   * @param key the key's own name, such as {@code routing_key}
   */
  public static List<SecretFinding> scan(String key, String value) {
    if (value.length() < MIN_LENGTH) {
      return List.of();
    }
    var found = shapes(value);
    if (found.isEmpty()) {
      var rule = ruleByName(key, value);
      if (rule != null) {
        found.add(new SecretFinding(rule, !rule.equals(GUESS), 0, value.length()));
      }
      inAddress(value, found);
    }
    return found;
  }

  private static void inAddress(String text, List<SecretFinding> found) {
    var matcher = IN_ADDRESS.matcher(text);
    while (matcher.find()) {
      found.add(new SecretFinding("password-in-address", false, matcher.start(1), matcher.end(1)));
    }
  }

  private static final String GUESS = "high-entropy";

  private static @Nullable String ruleByName(String key, String value) {
    if (value.length() == 32 && HEX_KEY.matcher(value).matches()) {
      var name = key.toLowerCase(Locale.ROOT);
      if (SecretNames.holdsSecret(key) && HEX_KEY_OWNER.matcher(name).matches()) {
        return "provider-key-by-name";
      }
    }
    var near = key.toLowerCase(Locale.ROOT);
    if (near.contains("discord") && DISCORD.matcher(value).matches()) {
      return "discord-token-by-name";
    }
    if (near.contains("cohere") && COHERE.matcher(value).matches() && entropy(value) > 4) {
      return "cohere-api-token-by-name";
    }
    if (value.length() == 40
        && key.toLowerCase(Locale.ROOT).endsWith("secret_access_key")
        && AWS_SECRET.matcher(value).matches()) {
      return "aws-secret-access-key";
    }
    var named = SecretNames.holdsSecret(key);
    return named && isGuess(value) || isRandom(value) ? GUESS : null;
  }

  /** Random enough for a value whose name says that it is a secret. */
  private static boolean isGuess(String value) {
    return value.chars().anyMatch(Character::isDigit)
        && !value.contains("${")
        && entropy(value) > GUESS_ENTROPY;
  }

  /** Random enough whatever its name is. */
  private static boolean isRandom(String value) {
    return value.length() >= 24
        && TOKEN.matcher(value).matches()
        && !WORDLIKE.matcher(value).matches()
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isUpperCase)
        && value.chars().anyMatch(Character::isLowerCase)
        && entropy(value) > RANDOM_ENTROPY;
  }

  private static List<SecretFinding> shapes(String text) {
    var found = new ArrayList<SecretFinding>();
    var last = text.length() - 2;
    for (var i = 0; i <= last; i++) {
      var first = text.charAt(i);
      var second = text.charAt(i + 1);
      if (first < ASCII && second < ASCII) {
        var shapes = BY_START[first * ASCII + second];
        if (shapes != null) {
          i = Math.max(i, match(text, i, shapes, found) - 1);
        }
      }
    }
    return found;
  }

  /** Returns where the finding ends, or where it was looked for. */
  private static int match(String text, int at, Shape[] shapes, List<SecretFinding> found) {
    for (var shape : shapes) {
      var start = at - shape.before();
      if (start >= 0
          && text.startsWith(shape.trigger(), at)
          && (start == 0 || !Character.isLetterOrDigit(text.charAt(start - 1)))) {
        var matcher = shape.shape().matcher(text).region(start, text.length());
        matcher.useTransparentBounds(true);
        if (matcher.lookingAt() && entropy(matcher.group()) > shape.entropy()) {
          found.add(new SecretFinding(shape.id(), true, start, matcher.end()));
          return matcher.end();
        }
      }
    }
    return at;
  }

  /** Shannon's bits per character. */
  static double entropy(String text) {
    var counts = new int[256];
    for (var i = 0; i < text.length(); i++) {
      counts[text.charAt(i) & 0xff]++;
    }
    var bits = 0.0;
    for (var count : counts) {
      if (count > 0) {
        var share = (double) count / text.length();
        bits -= share * Math.log(share) / Math.log(2);
      }
    }
    return bits;
  }

  private static Shape[][] byStart() {
    var table = new Shape[ASCII * ASCII][];
    for (var shape : SecretShapes.all()) {
      var index = shape.trigger().charAt(0) * ASCII + shape.trigger().charAt(1);
      var known = table[index] == null ? new Shape[0] : table[index];
      var more = Arrays.copyOf(known, known.length + 1);
      more[known.length] = shape;
      table[index] = more;
    }
    return table;
  }
}
