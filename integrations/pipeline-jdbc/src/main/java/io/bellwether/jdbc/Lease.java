package io.bellwether.jdbc;

import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Leadership among processes that share a database: one at a time holds the lease of a name, for as
 * long as it goes on renewing it. Thread-safe; the host calls {@link #acquire} and {@link #renew}
 * every third of the time to live, or so.
 *
 * <p>How long a lease runs is measured by the database's clock alone. The holder believes in its
 * lease for the time to live less a tenth of it, counted on the JVM's monotonic clock from before
 * it sent the request; so it stops by itself when it is paused, cut off, or when the database does
 * not answer, before anybody else can hold the lease, and no jump of a wall clock matters. That
 * belief saves useless work and no more: what makes two leaders harmless is the {@link Fence},
 * which the database itself looks at.
 *
 * <p>A lease that was lost is lost: {@link #renew} does not bring it back, {@link #acquire} begins
 * a new reign with a new fence.
 */
public final class Lease {
  /** The shortest time to live. */
  public static final Duration SHORTEST = Duration.ofMillis(500);

  private static final int LONGEST_NAME = 500;

  private static final int MARGIN = 10;

  private final JdbcDatabase database;
  private final String name;
  private final String holder;
  private final Duration ttl;
  private final Ticker ticker;
  private volatile @Nullable Reign reign;

  /** Under which fence, and until which reading of the ticker it is believed in. */
  private record Reign(Fence fence, long until) {}

  private Lease(JdbcDatabase database, String name, String holder, Duration ttl, Ticker ticker) {
    this.database = database;
    this.name = name;
    this.holder = holder;
    this.ttl = ttl;
    this.ticker = ticker;
  }

  /**
   * A lease that nobody holds through this object yet.
   *
   * @param name what is led: {@code "fleet"}; 1 to 500 characters, none of them a control character
   * @param holder this process, for people, within the same limits; what follows makes it unique
   * @param ttl how long the lease lasts without renewal; at least 500 ms, 3 s are usual
   * @throws io.bellwether.BellwetherException if the database fails, or its tables are not those of
   *     this version
   */
  public static Lease of(JdbcDatabase database, String name, String holder, Duration ttl) {
    return of(database, name, holder, ttl, Ticker.system());
  }

  /** The same on another monotonic clock. */
  public static Lease of(
      JdbcDatabase database, String name, String holder, Duration ttl, Ticker ticker) {
    refuseUnfit("name of a lease", name);
    refuseUnfit("holder of lease " + name, holder);
    if (ttl.compareTo(SHORTEST) < 0 || ttl.compareTo(Durations.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "time to live of lease "
              + name
              + ": "
              + Durations.plain(ttl)
              + ", expected "
              + Durations.plain(SHORTEST)
              + " or more; 3s are usual");
    }
    // an answer that comes when the lease has ended is of no use
    var patience = ttl.dividedBy(3);
    var bounded = patience.compareTo(database.timeout()) < 0 ? patience : database.timeout();
    var quick = database.withTimeout(bounded);
    Leases.ensure(quick.checkSchema(), name);
    return new Lease(quick, name, holder + "#" + UUID.randomUUID(), ttl, ticker);
  }

  /** Databases differ in what a key may hold; a lease is named alike for all of them. */
  private static void refuseUnfit(String what, String name) {
    if (name.isBlank()
        || name.length() > LONGEST_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what
              + (name.isBlank()
                  ? " is blank"
                  : " of " + name.length() + " characters is not usable")
              + ": expected 1 to "
              + LONGEST_NAME
              + " characters without control characters, such as \"fleet\"");
    }
  }

  /**
   * Takes the lease if nobody else holds it.
   *
   * @return the fence: of the reign that lasts, or of a new one; empty if somebody else holds it
   * @throws io.bellwether.BellwetherException if the database fails; then nothing has changed here
   */
  public synchronized Optional<Fence> acquire() {
    if (renew()) {
      return fence();
    }
    var sent = ticker.nanos();
    var number =
        database.write(
            "lease " + name,
            connection -> Leases.acquire(connection, database.dialect(), name, holder, ttl));
    reign =
        number.map(it -> new Reign(new Fence(name, holder, it), believedUntil(sent))).orElse(null);
    return fence();
  }

  /**
   * Makes the lease last another time to live.
   *
   * @return whether it is held; false also if it had ended before, though nobody else took it
   * @throws io.bellwether.BellwetherException if the database fails; then it is held as long as it
   *     was before
   */
  public synchronized boolean renew() {
    var held = fence();
    if (held.isEmpty()) {
      return false;
    }
    var sent = ticker.nanos();
    var renewed =
        database.write(
            "lease " + name,
            connection -> Leases.renew(connection, database.dialect(), held.get(), ttl));
    // who found it lost while we waited has stopped what was done under it
    var unbroken = renewed && isHeld();
    reign = unbroken ? new Reign(held.get(), believedUntil(sent)) : null;
    return unbroken;
  }

  /**
   * Gives the lease up, so that another can take it at once; harmless when it is not held.
   *
   * @throws io.bellwether.BellwetherException if the database fails; then it ends by itself
   */
  public synchronized void release() {
    var last = reign;
    reign = null;
    if (last != null) {
      database.write(
          "lease " + name,
          connection -> Leases.release(connection, database.dialect(), last.fence()));
    }
  }

  /** The fence, if the lease is held as far as can be told without asking the database. */
  public Optional<Fence> fence() {
    return believed().map(Reign::fence);
  }

  /** Whether the lease is held as far as can be told without asking the database. */
  public boolean isHeld() {
    return fence().isPresent();
  }

  /** How long the lease is believed in, unless it is renewed; zero if it is not held. */
  public Duration remaining() {
    return believed()
        .map(it -> Duration.ofNanos(Math.max(0, it.until() - ticker.nanos())))
        .orElse(Duration.ZERO);
  }

  /** This process among those that want the lease, as the {@link Fence} names it. */
  public String holder() {
    return holder;
  }

  /** How long the lease lasts without renewal. */
  public Duration ttl() {
    return ttl;
  }

  private Optional<Reign> believed() {
    return Optional.ofNullable(reign).filter(it -> it.until() - ticker.nanos() > 0);
  }

  private long believedUntil(long sent) {
    var nanos = Durations.nanos(ttl);
    return sent + nanos - nanos / MARGIN;
  }

  /** For example {@code lease fleet of 3s, held by chat-7f9#… under fence 4}. */
  @Override
  public String toString() {
    var text = "lease " + name + " of " + Durations.plain(ttl);
    return fence()
        .map(fence -> text + ", held by " + holder + " under fence " + fence.number())
        .orElse(text + ", not held by " + holder);
  }
}
