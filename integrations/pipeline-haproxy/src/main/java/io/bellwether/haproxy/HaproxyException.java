package io.bellwether.haproxy;

import io.bellwether.BellwetherException;
import org.jspecify.annotations.Nullable;

/**
 * HAProxy did not do what it was asked, or could not be asked. Whether a change took effect is not
 * known then; what {@link HaproxyRouter#read} says is.
 */
public final class HaproxyException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  HaproxyException(String message) {
    super(message);
  }

  HaproxyException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
