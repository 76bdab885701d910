package io.bellwether.secret;

import io.bellwether.BellwetherException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Stands in for an exception that showed a secret: its type and its stack trace without its words.
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
    return shows(failure, String.valueOf(text), Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static boolean shows(Throwable failure, String text, Set<Throwable> seen) {
    if (!seen.add(failure)) {
      return false;
    }
    if (failure.toString().contains(text)) {
      return true;
    }
    for (var suppressed : failure.getSuppressed()) {
      if (shows(suppressed, text, seen)) {
        return true;
      }
    }
    return failure.getCause() != null && shows(failure.getCause(), text, seen);
  }
}
