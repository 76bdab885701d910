package io.bellwether.fleet;

import io.bellwether.testing.VirtualTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** The time of a test as H2 sees it. */
public final class VirtualNow {
  static volatile VirtualTime time = VirtualTime.create();

  private VirtualNow() {}

  /** Called by H2. */
  public static OffsetDateTime now() {
    return time.instant().atOffset(ZoneOffset.UTC);
  }
}
