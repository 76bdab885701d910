package io.bellwether.dashboard;

import io.bellwether.time.Ticker;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Slows guessing down: a few wrong tokens a minute from one address, some more from all. The same
 * wrong token again is no guess: a program with an old one does not lock out who shares its
 * address, as all do behind a proxy.
 */
final class LoginLimits {
  static final int OF_ONE = 5;
  static final int OF_ALL = 50;
  private static final int MOST_ADDRESSES = 1_000;
  private static final long MINUTE = Duration.ofMinutes(1).toNanos();

  private final Ticker ticker;
  private final Map<String, Set<String>> wrong = new LinkedHashMap<>();
  private int wrongInAll;
  private long minute;

  LoginLimits(Ticker ticker) {
    this.ticker = ticker;
    minute = ticker.nanos();
  }

  /** Whether a token from there is not even looked at now. */
  synchronized boolean refuses(String address) {
    turn();
    return wrong.getOrDefault(address, Set.of()).size() >= OF_ONE || wrongInAll >= OF_ALL;
  }

  synchronized void wrong(String address, String token) {
    turn();
    if (wrong.size() >= MOST_ADDRESSES && !wrong.containsKey(address)) {
      wrongInAll++;
    } else if (wrong.computeIfAbsent(address, it -> new HashSet<>()).add(digest(token))) {
      wrongInAll++;
    }
  }

  /** Nearly a right token is not to be kept either. */
  private static String digest(String token) {
    try {
      var sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
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
