package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process as one of the fleet: applies the splits the database has, and says so.
 *
 * <p>When it has heard nothing for {@link FleetTimes#alone} it sends everybody to the stable
 * version of the last split it knows, unless it is to keep that split, and goes on when it hears
 * again: then it first makes itself heard, so that a leader who changes a split waits for it, and
 * only then looks how traffic is to be divided.
 */
final class Replica {
  private static final Logger log = LoggerFactory.getLogger(Replica.class);

  private final ReplicaRows rows;
  private final SplitRows splits;
  private final String id;
  private final String name;
  private final LocalRouters routers;
  private final Ticker ticker;
  private final DatabaseClock clock;
  private final FleetTimes times;
  private final boolean keepsSplit;
  private final Servings servings = new Servings();
  private final Map<String, SplitRow> known = new HashMap<>();
  private long served;
  private long heardAt;
  private boolean alone;
  private boolean left;
  private volatile long published;

  Replica(
      Tables tables,
      String id,
      FleetBuilder given,
      LocalRouters routers,
      Ticker ticker,
      DatabaseClock clock) {
    rows = new ReplicaRows(tables);
    splits = new SplitRows(tables);
    this.id = id;
    name = given.replica;
    keepsSplit = given.keepsSplit;
    times = given.times;
    this.routers = routers;
    this.ticker = ticker;
    this.clock = clock;
  }

  String id() {
    return id;
  }

  Servings servings() {
    return servings;
  }

  DatabaseClock clock() {
    return clock;
  }

  /** The last number it has published under. */
  void published(long number) {
    published = number;
  }

  /** Joins the fleet and serves what it serves. */
  void join() {
    rows.join(id, name, published);
    listen(true);
  }

  /** Asks for news, and says that it lives and what it serves. Not to be called twice at once. */
  void listen() {
    listen(isAlone());
  }

  private void listen(boolean anew) {
    var sent = ticker.nanos();
    var heard = rows.hear(id, served());
    if (heard.isEmpty()) {
      log.warn("replica {} was forgotten, having been silent for long; it joins again", name);
      rows.join(id, name, published);
      listen(true);
      return;
    }
    clock.heard(heard.get().now(), sent);
    if (anew || heard.get().revision() > served()) {
      var refused = take(splits.since(anew ? 0 : served()), heard.get().revision(), sent);
      refused.forEach((row, reason) -> rows.refuse(id, row.release(), row.revision(), reason));
      rows.hear(id, served());
    }
    heardAt(sent);
  }

  private synchronized Map<SplitRow, String> take(
      List<SplitRow> changed, long revision, long sent) {
    if (left || ticker.nanos() - sent > times.alone().toNanos()) {
      throw new BellwetherException("the answer came too late to be believed");
    }
    var refused = new HashMap<SplitRow, String>();
    for (var row : changed) {
      try {
        serve(row);
      } catch (RuntimeException e) {
        log.warn("replica {} cannot serve [{}]", name, row.split(), e);
        refused.put(row, String.valueOf(e.getMessage()));
      }
    }
    var last = changed.isEmpty() ? revision : changed.get(changed.size() - 1).revision();
    served = Math.max(revision, last);
    alone = false;
    return refused;
  }

  private void serve(SplitRow row) {
    var before = ticker.nanos();
    routers.apply(row.split());
    var windows = routers.windows();
    if (row.slow().nanos() > 0) {
      windows.latencyCut(row.release(), Duration.ofNanos(row.slow().nanos()));
    }
    windows.cutBlocks(row.release(), ticker.nanos());
    servings.changed(row.release(), before, ticker.nanos(), row.revision());
    known.put(row.release(), row);
  }

  /** Sends everybody to stable if nothing has been heard for too long. */
  synchronized void mind() {
    if (!alone && !left && ticker.nanos() - heardAt > times.alone().toNanos()) {
      alone = true;
      if (keepsSplit) {
        log.warn("replica {} hears nothing of its fleet, and serves what it served last", name);
      } else {
        log.warn("replica {} hears nothing of its fleet: all its users get stable", name);
        known.values().forEach(this::retreat);
      }
    }
  }

  private void retreat(SplitRow row) {
    var before = ticker.nanos();
    routers.apply(TrafficSplit.stable(row.release(), row.split().stable()));
    servings.changed(row.release(), before, ticker.nanos(), Servings.UNCERTAIN);
  }

  /** Serves stable from now on, and tells the fleet not to wait for it. */
  void leave() {
    synchronized (this) {
      left = true;
      known.values().forEach(this::retreat);
    }
    try {
      rows.leave(id);
    } catch (BellwetherException e) {
      log.warn("replica {} could not say that it leaves; it is waited for a while", name, e);
    }
  }

  synchronized boolean isAlone() {
    return alone;
  }

  private synchronized long served() {
    return served;
  }

  private synchronized void heardAt(long sent) {
    heardAt = sent;
  }
}
