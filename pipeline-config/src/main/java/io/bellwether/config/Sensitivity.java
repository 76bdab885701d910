package io.bellwether.config;

import io.bellwether.secret.source.SecretNames;
import io.bellwether.secret.source.SecretScanner;

/** Which values are not shown. */
final class Sensitivity {
  private Sensitivity() {}

  /** Whether the value of this key is a secret by its name. */
  static boolean holdsSecret(String key) {
    return SecretNames.holdsSecret(key);
  }

  /** Whether everything below this key is a secret. */
  static boolean holdsSecrets(String key) {
    return key.equals("secrets") || key.equals("credentials");
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
        || !SecretScanner.scan(key, scalar.text()).isEmpty();
  }
}
