package io.bellwether.routing.local;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Headers that are at hand; a class of its own so that the request path sees few receivers. */
final class NamedHeaders implements RequestHeaders {
  static final NamedHeaders NONE = new NamedHeaders(new HashMap<>());

  private final Map<String, String> byName;

  private NamedHeaders(Map<String, String> byName) {
    this.byName = byName;
  }

  static NamedHeaders of(Map<String, String> headers) {
    var lowered = new HashMap<String, String>();
    headers.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
    return new NamedHeaders(lowered);
  }

  @Override
  public boolean carry(String name, String value) {
    return value.equals(byName.get(name));
  }

  /** Says how many there are; a header may hold a credential. */
  @Override
  public String toString() {
    return "request headers: " + byName.size();
  }
}
