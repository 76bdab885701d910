package io.bellwether.pipeline;

import static java.util.Objects.requireNonNull;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** One stage of a pipeline. Immutable and thread-safe. */
public final class Stage {
  /** How long a stage has to stop once it should, unless said otherwise: 30 s. */
  public static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private final String name;
  private final Set<String> needs;
  private final Set<String> after;
  private final StageCondition condition;
  private final boolean always;
  private final boolean repeatable;
  private final Optional<String> environment;
  private final Optional<Duration> timeout;
  private final int retries;
  private final Duration retryAfter;
  private final Duration stopWithin;
  private final StageAction action;

  private Stage(Builder builder, StageAction action) {
    name = builder.name;
    needs = inOrder(builder.needs);
    after = inOrder(builder.after);
    condition = StageCondition.all(builder.conditions);
    always = builder.always;
    repeatable = builder.repeatable;
    environment = builder.environment;
    timeout = builder.timeout;
    retries = builder.retries;
    retryAfter = builder.retryAfter;
    stopWithin = builder.stopWithin;
    this.action = action;
  }

  private static Set<String> inOrder(Set<String> names) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(names));
  }

  /** The name nobody else in the pipeline has. */
  public String name() {
    return name;
  }

  /** The stages that have to succeed before. */
  public Set<String> needs() {
    return needs;
  }

  /** The stages that have to succeed before, unless they do not apply to the run. */
  public Set<String> after() {
    return after;
  }

  /** When it applies. */
  public StageCondition condition() {
    return condition;
  }

  /** Whether it runs whatever became of the stages before; not in a run that was cancelled. */
  public boolean always() {
    return always;
  }

  /** Whether it may be begun again when its process ended while it ran. */
  public boolean repeatable() {
    return repeatable;
  }

  /** The protected environment it works on. */
  public Optional<String> environment() {
    return environment;
  }

  /** How long one try may take. */
  public Optional<Duration> timeout() {
    return timeout;
  }

  /** How often it is tried again. */
  public int retries() {
    return retries;
  }

  /** How long it waits before it is tried again. */
  public Duration retryAfter() {
    return retryAfter;
  }

  /** How long it has to stop once it should. */
  public Duration stopWithin() {
    return stopWithin;
  }

  /** What it does. */
  public StageAction action() {
    return action;
  }

  /** All stages that have to have ended before. */
  Set<String> before() {
    var all = new LinkedHashSet<>(needs);
    all.addAll(after);
    return all;
  }

  /** For example {@code deploy needs [unit-tests], when branch is main, in production}. */
  @Override
  public String toString() {
    return name
        + (before().isEmpty() ? "" : " needs " + before())
        + (condition.text().equals(StageCondition.everyRun().text()) ? "" : ", when " + condition)
        + environment.map(place -> ", in " + place).orElse("")
        + timeout.map(limit -> ", within " + Durations.plain(limit)).orElse("");
  }

  /** Collects what a stage is. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Set<String> needs = new LinkedHashSet<>();
    private final Set<String> after = new LinkedHashSet<>();
    private final List<StageCondition> conditions = new ArrayList<>();
    private Optional<String> environment = Optional.empty();
    private Optional<Duration> timeout = Optional.empty();
    private Optional<StageAction> action = Optional.empty();
    private Duration retryAfter = Duration.ofSeconds(1);
    private Duration stopWithin = STOP_WITHIN;
    private int retries;
    private boolean always;
    private boolean repeatable = true;

    Builder(String name) {
      this.name = name;
    }

    /** Stages that have to succeed before. */
    public Builder needs(String... stages) {
      needs.addAll(List.of(stages));
      return this;
    }

    /** Stages that have to succeed before, unless they do not apply to the run. */
    public Builder after(String... stages) {
      after.addAll(List.of(stages));
      return this;
    }

    /** Adds a condition; all have to hold. */
    public Builder when(StageCondition condition) {
      conditions.add(condition);
      return this;
    }

    /** Runs whatever became of the stages before: to tell people, to clean up. */
    public Builder always() {
      always = true;
      return this;
    }

    /** When its process ended while it ran, it fails instead of running twice. */
    public Builder onceOnly() {
      repeatable = false;
      return this;
    }

    /** Waits for the protection rules of this environment before it runs. */
    public Builder environment(String environment) {
      this.environment = Optional.of(environment);
      return this;
    }

    /** How long one try may take; without a limit unless said. */
    public Builder timeout(Duration timeout) {
      this.timeout = Optional.of(Durations.bounded(timeout));
      return this;
    }

    /**
     * How often it is tried again after a failure; never unless said. After a timeout the next try
     * begins once {@link #stopWithin} is over, also beside a try that would not stop: what must not
     * run beside itself has to mind {@link StageContext} or take no retries.
     */
    public Builder retries(int retries, Duration pause) {
      this.retries = retries;
      retryAfter = Durations.bounded(pause);
      return this;
    }

    /** How long it has to stop once it should; 30 s unless said. */
    public Builder stopWithin(Duration stopWithin) {
      this.stopWithin = Durations.bounded(stopWithin);
      return this;
    }

    /** What it does, on one thread until it is done. */
    public Builder run(StageAction.Blocking work) {
      requireNonNull(work, () -> "stage '" + name + "': run(…) needs something to do");
      return begin(context -> CompletableFuture.completedFuture(work.run(context)));
    }

    /** What it does, with no result but that it ended. */
    public Builder perform(StageAction.Plain work) {
      return run(
          context -> {
            work.run(context);
            return StageResult.success();
          });
    }

    /** What it does, without holding a thread while it waits. */
    public Builder begin(StageAction action) {
      this.action = Optional.of(action);
      return this;
    }

    Stage build(Problems problems) {
      var place = "stage '" + name + "' ";
      problems
          .require(!name.isBlank(), "a stage's name is blank")
          .require(
              environment.map(it -> !it.isBlank()).orElse(true),
              place + "works on an environment whose name is blank")
          .require(action.isPresent(), place + "does nothing: add run(…)")
          .require(retries >= 0, place + "has " + retries + " retries, expected 0 or more")
          .require(!retryAfter.isNegative(), place + "waits " + retryAfter + " before a retry")
          .require(
              timeout.map(Builder::isPositive).orElse(true),
              place
                  + "may take "
                  + Durations.plain(timeout.orElse(Duration.ZERO))
                  + ", expected more than nothing")
          .require(isPositive(stopWithin), place + "has " + stopWithin + " to stop, expected more");
      return new Stage(
          this, action.orElse(context -> CompletableFuture.completedFuture(StageResult.success())));
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }
  }
}
