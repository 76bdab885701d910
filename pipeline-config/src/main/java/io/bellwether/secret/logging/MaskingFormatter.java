package io.bellwether.secret.logging;

import io.bellwether.secret.SecretMasker;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Masks what another formatter writes. */
final class MaskingFormatter extends Formatter {
  private final Formatter formatter;
  private final SecretMasker masker;

  MaskingFormatter(Formatter formatter, SecretMasker masker) {
    this.formatter = formatter;
    this.masker = masker;
  }

  @Override
  public String format(LogRecord record) {
    return masker.mask(formatter.format(record));
  }

  @Override
  public String formatMessage(LogRecord record) {
    return masker.mask(formatter.formatMessage(record));
  }

  @Override
  public String getHead(Handler handler) {
    return formatter.getHead(handler);
  }

  @Override
  public String getTail(Handler handler) {
    return formatter.getTail(handler);
  }
}
