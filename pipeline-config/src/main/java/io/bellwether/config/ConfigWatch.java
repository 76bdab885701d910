package io.bellwether.config;

import io.bellwether.BellwetherException;
import io.bellwether.time.Scheduler;
import io.bellwether.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads a configuration again and again and tells what has changed. A load that fails keeps the
 * last good configuration and is told.
 *
 * <p>Everything is read anew, secrets and variables too, so that a rotated secret is seen like an
 * edited file, and the swap of a Kubernetes mount ({@code ..data}) like any other change; a load
 * during such a swap is repeated. Thread-safe; listeners are called on the scheduler's thread, one
 * load after the other, and what they throw is logged.
 */
public final class ConfigWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
  private static final int SWAPS = 3;

  private final ConfigLoader loader;
  private final Scheduler scheduler;
  private final Duration every;
  private final List<Consumer<ConfigChange>> listeners = new CopyOnWriteArrayList<>();
  private final List<Consumer<BellwetherException>> failureListeners = new CopyOnWriteArrayList<>();
  private volatile Config current;
  private volatile @Nullable BellwetherException failure;
  private @Nullable Cancellable next;
  private boolean closed;

  private ConfigWatch(ConfigLoader loader, Scheduler scheduler, Duration every) {
    this.loader = loader;
    this.scheduler = scheduler;
    this.every = every;
    this.current = load();
  }

  /**
   * Loads now, and from then on again and again.
   *
   * @param scheduler the host's; the watch starts no thread
   * @param every positive, such as 30 seconds
   * @throws ConfigException if the first load fails
   */
  public static ConfigWatch start(ConfigLoader loader, Scheduler scheduler, Duration every) {
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException(
          "a configuration cannot be loaded every "
              + every
              + ": expected more, such as 30 seconds");
    }
    var watch = new ConfigWatch(loader, scheduler, every);
    watch.plan();
    return watch;
  }

  /** The last configuration that could be loaded. */
  public Config current() {
    return current;
  }

  /** Why the last load failed, unless it worked. */
  public Optional<BellwetherException> failure() {
    return Optional.ofNullable(failure);
  }

  /** Calls the listener with each change from now on. */
  public ConfigWatch onChange(Consumer<ConfigChange> listener) {
    listeners.add(listener);
    return this;
  }

  /** Calls the listener with each failed load from now on; the same failure is told once. */
  public ConfigWatch onFailure(Consumer<BellwetherException> listener) {
    failureListeners.add(listener);
    return this;
  }

  /**
   * Loads now.
   *
   * @return whether it worked; if not, see {@link #failure()}
   */
  public synchronized boolean reload() {
    try {
      var loaded = load();
      failure = null;
      var change = ConfigChange.between(current, loaded);
      current = loaded;
      if (!change.differences().isEmpty()) {
        LOG.info("configuration changed: {}", change);
        listeners.forEach(listener -> tell(listener, change));
      }
      return true;
    } catch (RuntimeException failed) {
      var e = told(failed);
      var known = failure != null && String.valueOf(failure.getMessage()).equals(e.getMessage());
      failure = e;
      if (!known) {
        LOG.warn("configuration cannot be loaded, the last good one stays: {}", e.getMessage());
        failureListeners.forEach(listener -> tell(listener, e));
      }
      return false;
    }
  }

  /** A source of secrets may throw anything; only our own words are known to show none. */
  private static BellwetherException told(RuntimeException failed) {
    return failed instanceof BellwetherException ours
        ? ours
        : new BellwetherException(
            "the configuration cannot be loaded: a source failed with "
                + failed.getClass().getName());
  }

  private static <T> void tell(Consumer<? super T> listener, T event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      LOG.warn("a listener of the configuration failed with {}", e.getClass().getName());
    }
  }

  /** A load that a swap of the files fell into is repeated, whether it worked or not. */
  private Config load() {
    for (var swap = 1; ; swap++) {
      var stamp = loader.stamp();
      try {
        var loaded = loader.load();
        if (swap == SWAPS || stamp.equals(loader.stamp())) {
          return loaded;
        }
      } catch (RuntimeException failed) {
        if (swap == SWAPS || stamp.equals(loader.stamp())) {
          throw failed;
        }
      }
    }
  }

  private synchronized void plan() {
    if (!closed) {
      next = scheduler.schedule(every, this::tick);
    }
  }

  private void tick() {
    try {
      reload();
    } finally {
      plan();
    }
  }

  /** Loads no more; the current configuration stays. */
  @Override
  public synchronized void close() {
    closed = true;
    if (next != null) {
      next.cancel();
    }
  }
}
