package io.bellwether.dashboard;

import io.bellwether.time.Ticker;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Who is logged in. Forgotten with the process, after a while, and the oldest when too many. */
final class Sessions {
  static final String COOKIE = "bellwether_session";
  private static final int MOST = 1_000;
  private static final Duration LONGEST = Duration.ofHours(8);

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Session> open = new LinkedHashMap<>();
  private final Ticker ticker;

  /**
   * A login.
   *
   * @param operator who
   * @param csrf what every request that changes something has to carry
   * @param since by the ticker
   */
  record Session(Operator operator, String csrf, long since) {}

  Sessions(Ticker ticker) {
    this.ticker = ticker;
  }

  /** Opens a session and gives its id. */
  synchronized String open(Operator operator) {
    if (open.size() >= MOST) {
      open.remove(open.keySet().iterator().next());
    }
    var id = chance();
    open.put(id, new Session(operator, chance(), ticker.nanos()));
    return id;
  }

  synchronized Optional<Session> find(String id) {
    var session = Optional.ofNullable(open.get(id));
    if (session.isPresent() && ticker.nanos() - session.get().since() > LONGEST.toNanos()) {
      open.remove(id);
      return Optional.empty();
    }
    return session;
  }

  synchronized void close(String id) {
    open.remove(id);
  }

  private String chance() {
    var bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
