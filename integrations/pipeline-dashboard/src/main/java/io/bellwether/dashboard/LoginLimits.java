package io.bellwether.dashboard;

import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Slows guessing down: a few wrong tokens a minute from one address, some more from all. */
final class LoginLimits {
  static final int OF_ONE = 5;
  static final int OF_ALL = 50;
  private static final int MOST_ADDRESSES = 1_000;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final Map<String, Integer> wrong = new LinkedHashMap<>();
  private int wrongInAll;
  private long minute;

  LoginLimits(Ticker ticker) {
    this.ticker = ticker;
    minute = ticker.nanos();
  }

  /** Whether a token from there is not even looked at now. */
  synchronized boolean refuses(String address) {
    turn();
    return wrong.getOrDefault(address, 0) >= OF_ONE || wrongInAll >= OF_ALL;
  }

  synchronized void wrong(String address) {
    turn();
    wrongInAll++;
    if (wrong.size() < MOST_ADDRESSES || wrong.containsKey(address)) {
      wrong.merge(address, 1, Integer::sum);
    }
  }

  private void turn() {
    var now = ticker.nanos();
    if (now - minute >= MINUTE) {
      minute = now;
      wrong.clear();
      wrongInAll = 0;
    }
  }
}
