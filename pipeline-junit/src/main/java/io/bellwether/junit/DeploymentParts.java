package io.bellwether.junit;

import static java.util.Objects.requireNonNull;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.MetricTrace;
import io.bellwether.testing.RecordingRouter;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a world is made of, until its runtime is built and after. Not thread-safe. */
final class DeploymentParts implements AutoCloseable {
  private static final String NAMELESS = "an inbox has a name, such as inbox(\"pager\")";

  private final VirtualTime time = VirtualTime.create();
  private final RecordingRouter recording = RecordingRouter.create(time);
  private final ScriptedMetrics script = ScriptedMetrics.create(time);
  private final Version stable;
  private final Version candidate;
  private final ScenarioMetrics metrics;
  private final Set<String> releases = new LinkedHashSet<>();
  private final Set<Version> asked = new LinkedHashSet<>();
  private final List<RolloutGuard> guards = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final Map<String, AlertInbox> inboxes = new LinkedHashMap<>();
  private TrafficRouter router = recording;
  private MetricSource source = this::scripted;
  private VersionHealth health = VersionHealth.assumed();
  private Optional<MetricTrace> trace = Optional.empty();
  private @Nullable AlertRouter routes;
  private @Nullable RolloutRuntime runtime;

  DeploymentParts(Version stable, Version candidate) {
    this.stable = stable;
    this.candidate = candidate;
    metrics = ScenarioMetrics.on(script, stable, candidate);
  }

  VirtualTime time() {
    return time;
  }

  RecordingRouter recording() {
    return recording;
  }

  Version candidate() {
    return candidate;
  }

  /** This world's own, and those whose metrics were asked for. */
  Set<Version> versions() {
    var versions = new LinkedHashSet<>(asked);
    versions.add(stable);
    versions.add(candidate);
    return versions;
  }

  Set<Version> written() {
    return metrics.written();
  }

  Set<String> releases() {
    return releases;
  }

  List<Alert> alerts() {
    return List.copyOf(alerts);
  }

  ScenarioMetrics scripted() {
    trace.ifPresent(
        replayed -> {
          throw new IllegalStateException(
              "metrics are replayed ("
                  + replayed
                  + "); a test replays a trace or scripts its metrics, not both");
        });
    return metrics;
  }

  private Reading scripted(MetricQuery query) {
    asked.add(query.version());
    metrics.know(query.version());
    return script.read(query);
  }

  boolean isReplayed() {
    return trace.isPresent();
  }

  void replay(MetricTrace replayed) {
    requireUnbuilt("replay(..)");
    trace = Optional.of(replayed);
    source = replayed.source(stable, candidate, time);
  }

  void router(TrafficRouter own) {
    requireUnbuilt("router(..)");
    router = own;
  }

  void release(String name) {
    requireUnbuilt("release(\"" + name + "\")");
    releases.add(name);
  }

  void guard(RolloutGuard guard) {
    requireUnbuilt("guard(..)");
    guards.add(guard);
  }

  void health(VersionHealth health) {
    requireUnbuilt("health(..)");
    this.health = health;
  }

  AlertRouter alertsTo(UnaryOperator<AlertRouterBuilder> wanted) {
    requireUnbuilt("alertsTo(..)");
    if (routes != null) {
      throw new IllegalStateException("alertsTo(..) was said already; say it once");
    }
    requireNonNull(wanted, "routes: say in a lambda whom alerts go to");
    var built =
        AlertRouter.create(
            r ->
                requireNonNull(wanted.apply(r), "the lambda has to return the builder")
                    .time(time.source()));
    routes = built;
    return built;
  }

  AlertInbox inbox(String name, Supplier<List<String>> timeline) {
    if (requireNonNull(name, NAMELESS).isBlank()) {
      throw new IllegalArgumentException("'" + name + "': " + NAMELESS);
    }
    return inboxes.computeIfAbsent(
        name, wanted -> new AlertInbox(wanted, time, this::alerts, timeline));
  }

  boolean isBuilt() {
    return runtime != null;
  }

  RolloutRuntime runtime() {
    if (runtime == null) {
      if (releases.isEmpty()) {
        throw new IllegalStateException(
            "no release is stated: say deployment.release(\"its name\") first, or start(..) a"
                + " strategy, which has one");
      }
      runtime = build();
    }
    return runtime;
  }

  private RolloutRuntime build() {
    var builder =
        RolloutRuntime.builder()
            .router(router)
            .metrics(source)
            .blocks(new ScenarioBlocks(source, router, time))
            .notifier(this::told)
            .health(health)
            .threads(RuntimeThreads.inline(time.source()));
    releases.forEach(name -> builder.release(Release.named(name).initial(stable)));
    guards.forEach(builder::guard);
    return builder.build();
  }

  private void told(Alert alert) {
    alerts.add(alert);
    if (routes != null) {
      routes.notify(alert);
    }
  }

  private void requireUnbuilt(String what) {
    if (runtime != null) {
      throw new IllegalStateException(
          what + " comes too late: say it before the first start(..) or runtime()");
    }
  }

  @Override
  public void close() {
    recording.unblock();
    if (runtime != null) {
      runtime.close();
    }
    if (routes != null) {
      routes.close();
    }
  }
}
