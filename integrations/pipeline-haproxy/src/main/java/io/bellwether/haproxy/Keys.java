package io.bellwether.haproxy;

import io.bellwether.routing.Audience;
import java.nio.charset.StandardCharsets;

/**
 * Keys of the map HAProxy and the router share. What varies is percent-encoded as HAProxy's {@code
 * url_enc} does, so that no key holds what a command line could not.
 */
final class Keys {
  private static final String PLAIN = "-._~";

  private Keys() {}

  /** Where the router's own note about a release stands. */
  static String note(String release) {
    return "note/" + encoded(release);
  }

  /** Where the slot of an audience stands. */
  static String of(String release, Audience audience, String member) {
    return prefix(release, kind(audience))
        + (audience instanceof Audience.Header header ? header.name() + "/" : "")
        + encoded(member);
  }

  /** What all audiences' keys of a kind and release begin with. */
  static String prefix(String release, String kind) {
    return kind + "/" + encoded(release) + "/";
  }

  private static String kind(Audience audience) {
    if (audience instanceof Audience.Users) {
      return "user";
    }
    return audience instanceof Audience.Cohort ? "cohort" : "header";
  }

  static String encoded(String text) {
    var encoded = new StringBuilder();
    for (var one : text.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain((char) (one & 0xff))) {
        encoded.append((char) one);
      } else {
        encoded.append(String.format("%%%02X", one));
      }
    }
    return encoded.toString();
  }

  private static boolean isPlain(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || PLAIN.indexOf(c) >= 0;
  }
}
