package io.bellwether.routing.local;

import io.bellwether.routing.Audience;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request, needed only where an audience goes by header.
 *
 * <p>Routing by headers that are at hand allocates nothing. As thread-safe as the look-up they were
 * made of.
 */
public final class RequestHeaders {
  private static final RequestHeaders NONE = from(name -> null);

  private final Function<? super String, ? extends @Nullable String> lookup;

  private RequestHeaders(Function<? super String, ? extends @Nullable String> lookup) {
    this.lookup = lookup;
  }

  /** No headers at all. */
  public static RequestHeaders none() {
    return NONE;
  }

  /** These headers, by name in any case; they are copied. */
  public static RequestHeaders of(Map<String, String> headers) {
    var lowered = new HashMap<String, String>();
    headers.forEach((name, value) -> lowered.put(name.toLowerCase(Locale.ROOT), value));
    return from(lowered::get);
  }

  /**
   * Headers that are looked up when an audience asks for one: {@code from(request::getHeader)}.
   *
   * @param lookup gives the value of the header of this lower case name, or null if there is none
   */
  public static RequestHeaders from(Function<? super String, ? extends @Nullable String> lookup) {
    return new RequestHeaders(lookup);
  }

  boolean carry(Audience.Header header) {
    return header.value().equals(lookup.apply(header.name()));
  }

  /** Names no header, since one may hold a credential. */
  @Override
  public String toString() {
    return this == NONE ? "no request headers" : "request headers";
  }
}
