package io.bellwether.alerting.receiver.internal.http;

import io.bellwether.secret.Secret;
import java.util.Map;

/**
 * A request to be sent.
 *
 * @param address where to; wholly a secret, because some receivers' addresses are
 * @param headers beside the content type; a value may be secret
 * @param body JSON
 * @param style how the answer is read
 */
public record HttpCall(
    Secret address, Map<String, String> headers, byte[] body, AnswerTable.Style style) {
  /** Shows neither the address nor the headers. */
  @Override
  public String toString() {
    return "POST of " + body.length + " bytes";
  }
}
