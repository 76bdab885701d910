package io.bellwether.examples.quickstart;

import io.bellwether.examples.quickstart.load.Arrivals;
import io.bellwether.examples.quickstart.load.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A few seconds of load on a service that is thrown away.
 *
 * <p>A JVM that has just started answers a hundred times slower than it will: without this, both
 * versions would look slow at first, and rightly so.
 */
final class WarmUp {
  private static final Duration LASTS = Duration.ofSeconds(4);
  private static final int REQUESTS = 4_000;

  private WarmUp() {}

  static void run(Trace trace, double speed) throws IOException, InterruptedException {
    var arrivals = Arrivals.of(trace, REQUESTS, LASTS);
    try (var service =
        Service.open("warm-up", Scenario.STABLE, 0, arrivals, REQUESTS, FastClock.start(speed))) {
      service.users().start();
      TimeUnit.NANOSECONDS.sleep(LASTS.toNanos());
    }
  }
}
