package io.bellwether.examples.quickstart.report;

import java.time.Instant;

/** Turns the service's time into what people look for. */
public interface Timeline {
  /** The wall's time when it was this time for the service. */
  Instant onTheWall(Instant here);

  /** Minutes of the service since its users began. */
  double minute(Instant here);
}
