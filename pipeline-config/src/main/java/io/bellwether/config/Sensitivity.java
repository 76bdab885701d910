package io.bellwether.config;

import io.bellwether.secret.source.SecretNames;
import io.bellwether.secret.source.SecretScanner;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Which values are not shown. */
final class Sensitivity {
  /** Names that often hold a secret, and too often none to refuse what is written there. */
  private static final Pattern DOUBTFUL =
      Pattern.compile(
          "(?i)(?!max|min|input|output|prompt|total)(?:.*[^a-z])?(?:pass|tokens|authorization)");

  private Sensitivity() {}

  /** Whether the value of this key is a secret by its name. */
  static boolean holdsSecret(String key) {
    return SecretNames.holdsSecret(key);
  }

  /** Whether everything below this key stays hidden. */
  static boolean holdsSecrets(String key) {
    return holdsSecret(key) || DOUBTFUL.matcher(key).matches();
  }

  /** Whether no value below this key may be written down. */
  static boolean holdsNothingButSecrets(String key) {
    var name = key.toLowerCase(Locale.ROOT);
    return name.endsWith("secrets") || name.endsWith("credentials");
  }

  /** Whether everything at this path stays hidden for one of its keys. */
  static boolean hides(List<Object> path) {
    return path.stream().anyMatch(step -> step instanceof String key && holdsSecret(key))
        || path.stream()
            .limit(Math.max(0, path.size() - 1))
            .anyMatch(step -> step instanceof String key && holdsSecrets(key));
  }

  /**
   * Whether a value stays hidden: what a name says, what was filled in from outside, what has the
   * shape of a secret.
   */
  static boolean hides(String key, Scalar scalar, boolean secret) {
    if (scalar.isNull()) {
      return false;
    }
    var filled = scalar.filled();
    return secret
        || filled != null && filled.mayBeSecret()
        || holdsSecret(key)
        || isDoubtful(key, scalar)
        || !SecretScanner.scan(key, scalar.text()).isEmpty();
  }

  /** A number of tokens is no secret. */
  static boolean isDoubtful(String key, Scalar scalar) {
    return DOUBTFUL.matcher(key).matches() && isText(scalar);
  }

  /** Whether it is neither a number nor a flag, quoted or not. */
  static boolean isText(Scalar scalar) {
    return CoreSchema.typeOf(scalar.text()) == Scalar.ScalarType.TEXT;
  }
}
