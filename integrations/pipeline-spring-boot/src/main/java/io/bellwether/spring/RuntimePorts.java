package io.bellwether.spring;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.BlockSource;
import io.bellwether.health.VersionHealth;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.VersionCatalog;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.runtime.RolloutListener;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RolloutRuntimeBuilder;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.function.Consumer;
import org.springframework.context.ApplicationContext;

/** Gives the runtime what the context has for it. */
final class RuntimePorts {
  private final ApplicationContext context;

  RuntimePorts(ApplicationContext context) {
    this.context = context;
  }

  RolloutRuntime runtime(Releases releases, TrafficRouter router, RolloutStore store) {
    var builder = RolloutRuntime.builder().router(router).store(store);
    releases.all().forEach(builder::release);
    metrics(builder);
    one(Notifier.class, builder::notifier);
    one(BlockSource.class, builder::blocks);
    one(VersionHealth.class, builder::health);
    one(VersionCatalog.class, builder::catalog);
    one(RuntimeThreads.class, builder::threads);
    each(DeploymentStrategy.class, builder::resume);
    each(RolloutGuard.class, builder::guard);
    each(RolloutListener.class, builder::listener);
    return builder.build();
  }

  /** The host's source, if it has one; else the windows of the routers in this process. */
  private void metrics(RolloutRuntimeBuilder builder) {
    var all = context.getBeanProvider(MetricSource.class).orderedStream().toList();
    var own = all.stream().filter(source -> !(source instanceof OutcomeWindows)).toList();
    if (own.size() > 1) {
      throw new BellwetherException(
          "there are " + own.size() + " metric sources; make one bean that asks them all");
    }
    own.stream().findFirst().or(() -> all.stream().findFirst()).ifPresent(builder::metrics);
  }

  private <T> void one(Class<T> type, Consumer<T> taker) {
    context.getBeanProvider(type).ifAvailable(taker);
  }

  private <T> void each(Class<T> type, Consumer<T> taker) {
    context.getBeanProvider(type).orderedStream().forEach(taker);
  }
}
