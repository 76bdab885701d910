package io.bellwether.health;

import io.bellwether.Problems;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.Notifier;
import io.bellwether.metrics.Thresholds;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes a registry by itself: every 15 minutes while all is well, every 30 seconds after a
 * failure. Thread-safe.
 *
 * <p>A failure counts once it is confirmed, which the retries inside the checks do unless more
 * {@link Builder#confirmations} are asked for. People are told once per incident of a check, again
 * if it gets worse, and of its end. A downtime lasts from the first bad probe to the first good
 * one.
 */
public final class HealthMonitor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HealthMonitor.class);

  private final HealthRegistry registry;
  private final TimeSource time;
  private final Executor executor;
  private final Settings settings;
  private final HealthAlerts alerts;
  private final List<HealthListener> listeners;
  private final DowntimeLedger ledger = new DowntimeLedger();
  private HealthWatch watch;
  private Cancellable next = () -> {};
  private boolean running;

  private record Settings(Duration every, Duration afterFailure, Duration deadline) {}

  private HealthMonitor(Builder builder) {
    registry = builder.registry;
    time = builder.time;
    executor = builder.executor;
    listeners = List.copyOf(builder.listeners);
    settings = new Settings(builder.every, builder.afterFailure, registry.longestDeadline());
    var subject =
        new HealthAlerts.Subject(
            builder.service, builder.environment, builder.afterFailure, builder.runbook);
    alerts = new HealthAlerts(subject, builder.notifier, builder.store);
    watch = new HealthWatch(builder.confirmations, alerts.troubles(builder.confirmations));
  }

  /**
   * A monitor built in one expression; it probes once it is {@link #start started}.
   *
   * @param executor tells people and listeners
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static HealthMonitor create(
      HealthRegistry registry,
      TimeSource time,
      Executor executor,
      UnaryOperator<Builder> settings) {
    return settings.apply(new Builder(registry, time, executor)).build();
  }

  /** Probes now and from then on; does nothing while it runs already. */
  public synchronized HealthMonitor start() {
    if (!running) {
      running = true;
      next = time.scheduler().schedule(Duration.ZERO, this::probe);
    }
    return this;
  }

  /** What probing knows about a window of time, as far back as it remembers. */
  public synchronized DowntimeReport downtime(Instant start, Instant end) {
    return ledger.report(start, end);
  }

  /** Stops probing; what it knows stays. */
  @Override
  public void close() {
    stop().ifPresent(last -> listen(it -> it.unobserved(last, Optional.empty())));
  }

  private synchronized Optional<Instant> stop() {
    var last = running ? ledger.lastProbe() : Optional.<Instant>empty();
    running = false;
    next.cancel();
    return last;
  }

  private void probe() {
    var ignored =
        registry
            .checkNow()
            .thenAccept(this::take)
            .whenComplete(
                (done, error) -> {
                  if (error != null) {
                    goOnAfter(error);
                  }
                });
  }

  /** A probe that came to nothing costs itself, not those to come. */
  private synchronized void goOnAfter(Throwable error) {
    log.error("a probe of {} came to nothing, the next one follows", registry.names(), error);
    next.cancel();
    if (running) {
      next = time.scheduler().schedule(settings.afterFailure(), this::probe);
    }
  }

  private synchronized void take(HealthReport report) {
    if (!running) {
      return;
    }
    var usual = watch.troubled() ? settings.afterFailure() : settings.every();
    var look = watch.look(report);
    // Half a period late is late enough to say that nobody was looking.
    var latest = usual.plus(settings.deadline()).plus(usual.dividedBy(2));
    var down = report.status() == HealthStatus.DOWN;
    var first = ledger.lastProbe().isEmpty();
    var planned = ledger.lastProbe().orElse(report.timestamp()).plus(latest);
    var probed = ledger.probed(report.timestamp(), down, planned);
    var pause = look.watch().troubled() ? settings.afterFailure() : settings.every();
    next = time.scheduler().schedule(pause, this::probe);
    executor.execute(
        () -> {
          if (first) {
            alerts.forgetAllBut(registry.names(), report.timestamp());
          }
          look.events().forEach(alerts::tell);
          look.events().forEach(event -> listen(listener -> listener.on(event)));
          listen(listener -> listener.on(report));
          probed
              .gap()
              .ifPresent(gap -> listen(it -> it.unobserved(gap.from(), Optional.of(gap.to()))));
          probed.downtime().ifPresent(known -> listen(listener -> listener.on(known)));
        });
    watch = look.watch(); // not before: what no thread could be had for is told by the next probe
  }

  private void listen(Consumer<HealthListener> call) {
    for (var listener : listeners) {
      try {
        call.accept(listener);
      } catch (RuntimeException | Error e) {
        log.error("a health listener failed", e);
      }
    }
  }

  /** Sets a monitor up. Not thread-safe. */
  public static final class Builder {
    private final HealthRegistry registry;
    private final TimeSource time;
    private final Executor executor;
    private final List<HealthListener> listeners = new ArrayList<>();
    private Notifier notifier = Notifier.none();
    private Optional<AlertStore> store = Optional.empty();
    private String service = "service";
    private String environment = "development";
    private Duration every = Thresholds.defaults().healthCheckInterval();
    private Duration afterFailure = Duration.ofSeconds(30);
    private Optional<URI> runbook = Optional.empty();
    private int confirmations = 1;

    private Builder(HealthRegistry registry, TimeSource time, Executor executor) {
      this.registry = registry;
      this.time = time;
      this.executor = executor;
    }

    /** Whose health it is, for alerts. */
    public Builder service(String service) {
      this.service = service;
      return this;
    }

    /** Where it runs, for alerts; {@code development} unless said otherwise. */
    public Builder environment(String environment) {
      this.environment = environment;
      return this;
    }

    /** The period while all is well; 15 minutes unless said otherwise. */
    public Builder every(Duration every) {
      this.every = every;
      return this;
    }

    /** Takes the period from an environment's limits. */
    public Builder thresholds(Thresholds thresholds) {
      return every(thresholds.healthCheckInterval());
    }

    /** The period while something is not OK; 30 seconds unless said otherwise. */
    public Builder afterFailure(Duration afterFailure) {
      this.afterFailure = afterFailure;
      return this;
    }

    /**
     * How many probes in a row have to show a failure before it counts; 1 unless said otherwise.
     */
    public Builder confirmations(int confirmations) {
      this.confirmations = confirmations;
      return this;
    }

    /** Where it is written down what to do, for alerts. */
    public Builder runbook(URI runbook) {
      this.runbook = Optional.of(runbook);
      return this;
    }

    /** Who is told. */
    public Builder notifier(Notifier notifier) {
      this.notifier = notifier;
      return this;
    }

    /**
     * What remembers which failures people were told of, so that after a restart the same failure
     * is told to nobody again and its end to everybody; forgotten with the process unless said. The
     * monitor's alone.
     */
    public Builder store(AlertStore store) {
      this.store = Optional.of(store);
      return this;
    }

    /** Adds who hears of events and downtimes, such as the ledger of an error budget. */
    public Builder listener(HealthListener listener) {
      listeners.add(listener);
      return this;
    }

    private HealthMonitor build() {
      var problems = new Problems();
      Durations.positiveProblem("every", every).ifPresent(problems::add);
      Durations.positiveProblem("afterFailure", afterFailure).ifPresent(problems::add);
      if (problems.list().isEmpty()) {
        problems.require(
            afterFailure.compareTo(every) <= 0,
            "afterFailure "
                + Durations.plain(afterFailure)
                + " is longer than every "
                + Durations.plain(every));
      }
      problems.given(service, "the service");
      problems.given(environment, "the environment");
      problems.given(notifier, "the notifier");
      problems.allGiven("a listener", listeners);
      problems
          .require(confirmations >= 1, "confirmations: " + confirmations + ", expected at least 1")
          .throwIfAny("health monitor of '" + service + "'");
      return new HealthMonitor(this);
    }
  }
}
