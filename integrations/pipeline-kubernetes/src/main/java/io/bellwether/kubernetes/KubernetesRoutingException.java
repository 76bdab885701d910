package io.bellwether.kubernetes;

import io.bellwether.BellwetherException;
import org.jspecify.annotations.Nullable;

/** A route was not as it has to be, or could not be read or changed. */
public final class KubernetesRoutingException extends BellwetherException {
  private static final long serialVersionUID = 1L;

  KubernetesRoutingException(String message) {
    super(message);
  }

  KubernetesRoutingException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
