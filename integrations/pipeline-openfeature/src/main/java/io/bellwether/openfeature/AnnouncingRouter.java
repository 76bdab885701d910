package io.bellwether.openfeature;

import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/** A router whose changes are told. */
final class AnnouncingRouter implements TrafficRouter {
  private final TrafficRouter router;
  private final Consumer<String> changed;
  private final ConcurrentMap<String, TrafficSplit> told = new ConcurrentHashMap<>();

  AnnouncingRouter(TrafficRouter router, Consumer<String> changed) {
    this.router = Objects.requireNonNull(router, "router: say whose changes to announce");
    this.changed = changed;
  }

  @Override
  public void apply(TrafficSplit split) {
    router.apply(split);
    if (!split.equals(told.put(split.release(), split))) {
      changed.accept(split.release());
    }
  }

  @Override
  public TrafficSplit read(String release) {
    return router.read(release);
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    return router.problems(split);
  }

  @Override
  public boolean remembers() {
    return router.remembers();
  }

  @Override
  public String toString() {
    return router.toString();
  }
}
