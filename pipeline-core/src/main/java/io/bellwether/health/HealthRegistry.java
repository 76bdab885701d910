package io.bellwether.health;

import io.bellwether.Problems;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;

/**
 * Named checks, run side by side on the host's threads. Thread-safe.
 *
 * <p>A check that hangs is DOWN at its deadline and holds up nobody but itself. It keeps its one
 * thread until it comes back, and is not begun a second time before.
 */
public final class HealthRegistry {
  /** How long a check may take, unless said otherwise: 5 s. */
  public static final Duration DEADLINE = Duration.ofSeconds(5);

  private final TimeSource time;
  private final List<Probe> probes;
  private final Duration cachedFor;
  private final Duration longestDeadline;
  private CompletableFuture<HealthReport> latest = new CompletableFuture<>();
  private long latestTicks;
  private boolean asked;

  private HealthRegistry(Builder builder) {
    time = builder.time;
    cachedFor = builder.cachedFor;
    probes = builder.probes();
    longestDeadline =
        probes.stream().map(Probe::deadline).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  /**
   * A registry built in one expression.
   *
   * @param time for deadlines and timestamps
   * @param executor runs the checks; give it a thread for every check, since each may hang
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static HealthRegistry create(
      TimeSource time, Executor executor, UnaryOperator<Builder> checks) {
    return checks.apply(new Builder(time, executor)).build();
  }

  /** The names of the checks, in the order they were added. */
  public List<String> names() {
    return probes.stream().map(Probe::name).toList();
  }

  /** The longest any report can take. */
  public Duration longestDeadline() {
    return longestDeadline;
  }

  /**
   * How things are: the latest report while it is young enough or still being made, else a new one.
   * Completes within {@link #longestDeadline()}, and never exceptionally.
   */
  public synchronized CompletionStage<HealthReport> check() {
    var now = time.ticker().nanos();
    var usable = asked && (!latest.isDone() || now - latestTicks < Durations.nanos(cachedFor));
    if (!usable) {
      asked = true;
      latestTicks = now;
      latest = checkNow().toCompletableFuture();
    }
    return latest.copy();
  }

  /** How things are now, whatever is remembered. As {@link #check()} otherwise. */
  public CompletionStage<HealthReport> checkNow() {
    var timestamp = time.wall().instant();
    var begun = probes.stream().map(Probe::begin).toList();
    return CompletableFuture.allOf(begun.toArray(CompletableFuture[]::new))
        .thenApply(
            done ->
                new HealthReport(timestamp, begun.stream().map(CompletableFuture::join).toList()));
  }

  /** Waits for {@link #check()}, at most for {@link #longestDeadline()}. */
  public HealthReport report() {
    return check().toCompletableFuture().join();
  }

  /** Collects checks. Not thread-safe. */
  public static final class Builder {
    private final TimeSource time;
    private final Executor executor;
    private final Problems problems = new Problems();
    private final Map<String, HealthCheck> checks = new LinkedHashMap<>();
    private final Map<String, Duration> deadlines = new LinkedHashMap<>();
    private Duration deadline = DEADLINE;
    private Duration pause = Duration.ofSeconds(1);
    private Duration cachedFor = Duration.ofSeconds(1);

    private Builder(TimeSource time, Executor executor) {
      this.time = time;
      this.executor = executor;
    }

    /** Adds a check under a name that nobody else has. */
    public Builder check(String name, HealthCheck check) {
      if (!problems.given(name, "a check's name")
          || !problems.given(check, "the check '" + name + "'")) {
        return this;
      }
      problems.require(!name.isBlank(), "a check's name is blank");
      problems.require(checks.put(name, check) == null, "two checks are called '" + name + "'");
      return this;
    }

    /** Adds a check with a deadline of its own. */
    public Builder check(String name, Duration deadline, HealthCheck check) {
      Durations.positiveProblem("the deadline of '" + name + "'", deadline)
          .ifPresent(problems::add);
      deadlines.put(name, deadline);
      return check(name, check);
    }

    /** How long a check may take with all of its retries; 5 s unless said otherwise. */
    public Builder deadline(Duration deadline) {
      Durations.positiveProblem("the deadline", deadline).ifPresent(problems::add);
      this.deadline = deadline;
      return this;
    }

    /** How long a check waits before it looks again; 1 s unless said otherwise. */
    public Builder retryAfter(Duration pause) {
      Durations.problem("the pause before a retry", pause).ifPresent(problems::add);
      this.pause = pause;
      return this;
    }

    /** For how long a report serves everybody who asks; 1 s unless said otherwise. */
    public Builder cachedFor(Duration cachedFor) {
      Durations.problem("cachedFor", cachedFor).ifPresent(problems::add);
      this.cachedFor = cachedFor;
      return this;
    }

    private HealthRegistry build() {
      problems.throwIfAny("health registry");
      return new HealthRegistry(this);
    }

    private List<Probe> probes() {
      var probes = new ArrayList<Probe>();
      checks.forEach(
          (name, check) ->
              probes.add(
                  new Probe(
                      name, check, deadlines.getOrDefault(name, deadline), pause, time, executor)));
      return List.copyOf(probes);
    }
  }
}
