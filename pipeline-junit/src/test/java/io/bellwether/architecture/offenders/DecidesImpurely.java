package io.bellwether.architecture.offenders;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Ticker;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A decider that acts, waits, draws and remembers. */
public class DecidesImpurely {
  void movesTraffic(TrafficRouter router, TrafficSplit split) {
    router.apply(split);
  }

  long measures(Ticker ticker) {
    return ticker.nanos();
  }

  Object readsTheClock() {
    return Instant.now();
  }

  Object readsFiles(Path path) {
    return path.toFile();
  }

  Object readsTheEnvironment() {
    return System.getenv("HOME");
  }

  int shares(AtomicInteger counter) {
    return counter.get();
  }

  int draws(Random random) {
    return random.nextInt();
  }

  Object drawsAnId() {
    return UUID.randomUUID();
  }

  void shuffles(List<String> list) {
    Collections.shuffle(list);
  }

  void waits(Thread thread) throws InterruptedException {
    thread.join();
  }
}
