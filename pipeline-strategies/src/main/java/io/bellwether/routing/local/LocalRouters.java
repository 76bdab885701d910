package io.bellwether.routing.local;

import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Release;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The routers of several releases behind one port, with cohorts and windows in common.
 *
 * <p>Each release chooses its users independently of the others. A host looks its router up once
 * and keeps it; the look-up is no part of the request path. Thread-safe.
 */
public final class LocalRouters implements TrafficRouter {
  private final Map<String, Predicate<? super String>> cohorts;
  private final OutcomeWindows windows;
  private final @Nullable JudgedSettings judged;
  private final @Nullable MirrorSettings mirror;
  private final Map<String, LocalRouter> routers = new ConcurrentHashMap<>();

  private LocalRouters(Builder builder) {
    this.cohorts = builder.cohorts();
    this.windows = builder.windows("routers");
    this.judged = builder.judged();
    this.mirror = builder.mirror();
    builder.releases.values().forEach(this::router);
  }

  /** Routers of these releases; others become known when they are asked for or applied to. */
  public static LocalRouters of(Release... releases) {
    var builder = builder();
    for (var release : releases) {
      builder.release(release);
    }
    return builder.build();
  }

  /** Routers that record into these windows, for releases that become known later. */
  public static LocalRouters create(OutcomeWindows windows) {
    return builder().windows(windows).build();
  }

  /** Routers with these settings: {@code create(r -> r.release(prompt).cohort("beta", isBeta))}. */
  public static LocalRouters create(Consumer<Builder> settings) {
    var builder = builder();
    settings.accept(builder);
    return builder.build();
  }

  /** Starts without releases and cohorts, and with windows of their own. */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * The router of this release. It is made on first use; the release's initial version counts only
   * then, since a split that was applied before knows better.
   */
  public LocalRouter router(Release release) {
    return routers.computeIfAbsent(release.name(), name -> routerOf(release));
  }

  /**
   * The router of the release of this name.
   *
   * @throws IllegalArgumentException if there is none yet
   */
  public LocalRouter router(String release) {
    var router = routers.get(release);
    if (router == null) {
      throw new IllegalArgumentException(
          "release '"
              + release
              + "' is unknown to these routers, which know "
              + new TreeSet<>(routers.keySet())
              + ": make it known with router(Release)");
    }
    return router;
  }

  /**
   * Divides the traffic of the split's release like this from now on; a release that is not known
   * yet becomes known.
   *
   * @throws io.bellwether.InvalidConfigurationException if the split names a cohort these routers
   *     do not know, or mirrors requests without an executor to do it on; nothing changes then
   */
  @Override
  public void apply(TrafficSplit split) {
    var known = routers.get(split.release());
    if (known == null) {
      var made = routerOf(new Release(split.release(), split.stable()));
      made.apply(split); // before anybody can see it, so that a refused split leaves no trace
      known = routers.putIfAbsent(split.release(), made);
    }
    if (known != null) {
      known.apply(split);
    }
  }

  /**
   * The split that was applied last to this release.
   *
   * @throws IllegalArgumentException if there is no router of that release yet
   */
  @Override
  public TrafficSplit read(String release) {
    return router(release).read(release);
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    var known = routers.get(split.release());
    var router = known != null ? known : routerOf(new Release(split.release(), split.stable()));
    return router.problems(split);
  }

  /** Routing inside the process starts anew with it. */
  @Override
  public boolean remembers() {
    return false;
  }

  /** The windows all routers record into: give them to the runtime as its metric source. */
  public OutcomeWindows windows() {
    return windows;
  }

  /** For example {@code routers of [answer-model, support-prompt]}. */
  @Override
  public String toString() {
    return "routers of " + new TreeSet<>(routers.keySet());
  }

  private LocalRouter routerOf(Release release) {
    return new LocalRouter(release, cohorts, windows, judged, mirror);
  }

  /** Collects the settings of the routers. Not thread-safe. */
  public static final class Builder extends RoutingBuilder<Builder> {
    private final Map<String, Release> releases = new LinkedHashMap<>();

    private Builder() {}

    /**
     * Adds a release.
     *
     * @throws IllegalArgumentException if it was added with another initial version
     */
    public Builder release(Release release) {
      var known = releases.putIfAbsent(release.name(), release);
      if (known != null && !known.equals(release)) {
        throw new IllegalArgumentException(
            "release '"
                + release.name()
                + "' has the initial version "
                + known.initial()
                + " already, not "
                + release.initial()
                + ": add it once");
      }
      return this;
    }

    @Override
    Builder self() {
      return this;
    }

    /**
     * The routers.
     *
     * @throws io.bellwether.InvalidConfigurationException if the ticker is not the windows' one
     */
    public LocalRouters build() {
      return new LocalRouters(this);
    }
  }
}
