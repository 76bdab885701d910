package io.bellwether.routing.local;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, needed only where an audience goes by header.
 *
 * <p>A host whose request type implements this itself hands over nothing but the request; {@code
 * from(request::getHeader)} is shorter and allocates two small objects.
 */
@FunctionalInterface
public interface RequestHeaders {
  /**
   * Whether the request carries this header with this value.
   *
   * @param name in lower case
   * @param value compared exactly, with each value where a header occurs more than once
   */
  boolean carry(String name, String value);

  /** No headers at all. */
  static RequestHeaders none() {
    return NamedHeaders.NONE;
  }

  /** These headers, by name in any case; they are copied. */
  static RequestHeaders of(Map<String, String> headers) {
    return NamedHeaders.of(headers);
  }

  /**
   * Headers that are looked up when an audience asks for one: {@code from(request::getHeader)}.
   *
   * @param lookup gives the value of the header of this lower case name, or null if there is none
   */
  static RequestHeaders from(Function<? super String, ? extends @Nullable String> lookup) {
    return (name, value) -> value.equals(lookup.apply(name));
  }
}
