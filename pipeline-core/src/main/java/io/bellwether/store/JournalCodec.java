package io.bellwether.store;

import io.bellwether.rollout.RolloutEvent;
import io.bellwether.store.internal.JournalJson;
import java.util.List;

/**
 * Turns events of a rollout into bytes that a store can keep, and back. Stateless and thread-safe.
 *
 * <p>The bytes are one JSON document in ASCII: {@code {"format":1,"events":[…]}}. Everything in an
 * event comes back as it was, to the last bit of a double and the last nanosecond.
 */
public final class JournalCodec {
  /** The format this library writes, and the latest it reads. */
  public static final int FORMAT = 1;

  private JournalCodec() {}

  /** These events as bytes. */
  public static byte[] encode(List<RolloutEvent> events) {
    return JournalJson.write(FORMAT, events);
  }

  /**
   * The events these bytes stand for.
   *
   * @throws io.bellwether.BellwetherException if they are no journal, are in a later format, or
   *     hold an event or a field this library does not know; never a guess
   */
  public static List<RolloutEvent> decode(byte[] bytes) {
    return JournalJson.read(FORMAT, bytes);
  }
}
