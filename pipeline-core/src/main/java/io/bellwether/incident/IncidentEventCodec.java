package io.bellwether.incident;

import java.util.List;

/**
 * Turns events of an incident into a text that a store can keep, and back. Stateless and
 * thread-safe.
 *
 * <p>The text is one line of JSON: {@code {"format":1,"events":[…]}}.
 */
public final class IncidentEventCodec {
  private IncidentEventCodec() {}

  /** These events as a text. */
  public static String encode(List<IncidentEvent> events) {
    return FileIncidentStore.FORMAT.text(events);
  }

  /**
   * The events this text stands for.
   *
   * @throws io.bellwether.BellwetherException if it is none, is in a later format, or holds an
   *     event this library does not know
   */
  public static List<IncidentEvent> decode(String text) {
    return FileIncidentStore.FORMAT.events(text);
  }
}
