package io.bellwether.dashboard;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is sent back.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body all of it
 * @param headers besides those of every answer
 */
record Answer(int status, String type, byte[] body, Map<String, String> headers) {
  static Answer of(int status, String type, String body) {
    return new Answer(status, type, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  static Answer json(int status, Object document) {
    return of(status, "application/json", Json.text(document));
  }

  static Answer problem(int status, String problem) {
    return json(status, Map.of("problem", problem));
  }

  Answer with(String header, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, type, body, more);
  }
}
