package io.bellwether.alerting.receiver.internal.http;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a server answered.
 *
 * @param status the HTTP status
 * @param headers by name, in any case
 * @param body at most the first 16 KiB
 */
public record HttpAnswer(int status, Map<String, String> headers, String body) {
  /** Finds headers in any case. */
  public HttpAnswer {
    var anyCase = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    anyCase.putAll(headers);
    headers = anyCase;
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
