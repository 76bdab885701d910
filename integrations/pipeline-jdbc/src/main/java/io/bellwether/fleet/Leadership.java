package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.Lease;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Campaigns for the lease, and begins and ends reigns. To begin one may take longer than a lease
 * lasts, so that is not done where the lease is renewed.
 */
final class Leadership {
  private static final Logger log = LoggerFactory.getLogger(Leadership.class);

  private final Lease lease;
  private final Function<Fence, Reign> begin;
  private final FleetListener listener;
  private Optional<Reign> reign = Optional.empty();
  private boolean closed;

  Leadership(Lease lease, Function<Fence, Reign> begin, FleetListener listener) {
    this.lease = lease;
    this.begin = begin;
    this.listener = listener;
  }

  /** Takes the lease or renews it. */
  void campaign() {
    lease.acquire();
  }

  boolean leads() {
    return lease.isHeld();
  }

  /** Sees to it that there is a reign if and only if the lease is held, and lets it work. */
  synchronized void work() {
    var held = closed ? Optional.<Fence>empty() : lease.fence();
    reign.filter(it -> !Optional.of(it.fence()).equals(held)).ifPresent(this::end);
    if (held.isPresent() && reign.isEmpty()) {
      log.info("this replica leads, under {}", held.get());
      reign = Optional.of(begin.apply(held.get()));
      listener.leads(held.get().number());
    }
    reign.ifPresent(Reign::work);
  }

  /** The release's timer fired; what is to become of it, which only a leader knows. */
  synchronized FleetTimers.Next due(String release) {
    return reign.filter(it -> leads()).map(it -> it.due(release)).orElse(FleetTimers.Next.UNKNOWN);
  }

  private void end(Reign over) {
    log.info("this replica leads no longer under {}", over.fence());
    reign = Optional.empty();
    over.close();
    listener.deposed();
  }

  /** Makes room for the next leader at once. */
  void close() {
    synchronized (this) {
      closed = true;
      reign.ifPresent(this::end);
    }
    try {
      lease.release();
    } catch (RuntimeException e) {
      log.warn("the lease could not be given back; it ends by itself", e);
    }
  }
}
