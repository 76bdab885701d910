package io.bellwether.secret;

import io.bellwether.BellwetherException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Stands in for an exception or error that showed a secret: its type and its stack trace without
 * its words.
 */
public final class SecretUseException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  SecretUseException(Throwable failure) {
    super(
        "using a secret failed with "
            + failure.getClass().getName()
            + "; its message showed the secret and is left out. The stack trace is the original"
            + " one");
    setStackTrace(failure.getStackTrace());
  }

  /** Whether this failure, one of its causes or something suppressed shows the secret. */
  static boolean shows(Throwable failure, char[] text) {
    var secret = String.valueOf(text);
    var forms = new LinkedHashSet<String>();
    SecretParts.of(secret).forEach(part -> forms.addAll(Encodings.of(part)));
    var patterns = new PatternSet(forms);
    return shows(
        failure,
        words -> words.contains(secret) || patterns.isIn(words),
        Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean shows(Throwable failure, Predicate<String> secret, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return false;
    }
    if (secret.test(failure.toString()) || secret.test(String.valueOf(failure.getMessage()))) {
      return true;
    }
    for (var suppressed : failure.getSuppressed()) {
      if (shows(suppressed, secret, seen)) {
        return true;
      }
    }
    return failure.getCause() != null && shows(failure.getCause(), secret, seen);
  }
}
