package io.bellwether.secret.logging;

import io.bellwether.secret.SecretMasker;
import java.util.logging.Formatter;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Masks secrets in what {@code java.util.logging} writes. */
public final class LogMasking {
  private LogMasking() {}

  /**
   * A formatter that masks what this one writes: the message, its arguments and the exception with
   * all its causes. As thread-safe as that formatter.
   */
  public static Formatter formatter(Formatter formatter, SecretMasker masker) {
    return new MaskingFormatter(formatter, masker);
  }

  /**
   * Puts a masking formatter around the formatter of every handler of this logger; the root
   * logger's are those everybody shares. Harmless when repeated.
   */
  public static void install(Logger logger, SecretMasker masker) {
    for (var handler : logger.getHandlers()) {
      var formatter = handler.getFormatter();
      if (!(formatter instanceof MaskingFormatter)) {
        handler.setFormatter(
            formatter(formatter == null ? new SimpleFormatter() : formatter, masker));
      }
    }
  }
}
