package io.bellwether.junit;

import static java.util.Objects.requireNonNull;

import io.bellwether.Ratio;
import io.bellwether.metrics.Metric;
import io.bellwether.release.Version;
import io.bellwether.testing.ScriptedMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Writes what users experience. Not thread-safe.
 *
 * <p>A line holds from when it is written until a later one about the same version. What nobody
 * writes about does well: 1 % errors, no empty answers, a p95 of 800 ms, on 1000 requests each time
 * it is asked. The success rate follows from errors and empty answers. A judge sees as many
 * requests a minute of both versions together, divided by the weight; one whose p95 is over
 * stable's has twice as many that are slow.
 */
public final class ScenarioMetrics {
  private static final Behaviour WELL = new Behaviour(0.01, 0, 800, 1_000);

  private record Behaviour(double errors, double empties, double p95, long samples) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%s errors, %s empty, p95 %.0f ms, %d requests",
          Ratio.of(errors),
          Ratio.of(empties),
          p95,
          samples);
    }
  }

  private final ScriptedMetrics script;
  private final Map<Version, Behaviour> known;
  private final Set<Version> written;

  private ScenarioMetrics(
      ScriptedMetrics script, Map<Version, Behaviour> known, Set<Version> written) {
    this.script = script;
    this.known = new HashMap<>(known);
    this.written = written;
  }

  static ScenarioMetrics on(ScriptedMetrics script, Version... versions) {
    var metrics = new ScenarioMetrics(script, Map.of(), new LinkedHashSet<>());
    for (var version : versions) {
      metrics.know(version);
    }
    return metrics;
  }

  /** Lets a version do well that nobody wrote about. */
  void know(Version version) {
    if (!known.containsKey(version)) {
      set(version, WELL);
    }
  }

  /** The versions the test wrote about, now or for later. */
  Set<Version> written() {
    return Set.copyOf(written);
  }

  /** The version's error rate. */
  public ScenarioMetrics errors(String version, Ratio errors) {
    return change(
        version, was -> new Behaviour(errors.value(), was.empties(), was.p95(), was.samples()));
  }

  /** The version's rate of answers without content. */
  public ScenarioMetrics empties(String version, Ratio empties) {
    return change(
        version, was -> new Behaviour(was.errors(), empties.value(), was.p95(), was.samples()));
  }

  /** The version's latency p95; p50 is half of it and p99 one and a half. */
  public ScenarioMetrics p95(String version, Duration p95) {
    return change(
        version,
        was -> new Behaviour(was.errors(), was.empties(), Metric.millis(p95), was.samples()));
  }

  /** How many requests the version's numbers rest on. */
  public ScenarioMetrics samples(String version, long samples) {
    return change(version, was -> new Behaviour(was.errors(), was.empties(), was.p95(), samples));
  }

  /** Both versions fail alike. */
  public ScenarioMetrics outage(Ratio errors) {
    known.keySet().forEach(version -> errors(version.id(), errors));
    return this;
  }

  /** A metric the other lines do not speak of, such as a quality score. */
  public ScenarioMetrics given(String version, Metric metric, double value) {
    written.add(new Version(version));
    var samples = known.getOrDefault(new Version(version), WELL).samples();
    script.given(new Version(version), metric, value, samples);
    return this;
  }

  /** Asking for metrics throws, whatever is written, until {@link #up}. */
  public ScenarioMetrics down(Supplier<? extends RuntimeException> error) {
    script.down(requireNonNull(error, "error: say what asking throws"));
    return this;
  }

  /** Asking for metrics works again. */
  public ScenarioMetrics up() {
    script.up();
    return this;
  }

  /** Writes lines that hold from a later moment; inside another {@code after}, from its moment. */
  public ScenarioMetrics after(Duration delay, Consumer<ScenarioMetrics> then) {
    requireNonNull(then, "then: say in a lambda what users experience later");
    script.after(
        requireNonNull(delay, "delay: say when"),
        later -> {
          var view = new ScenarioMetrics(later, known, written);
          then.accept(view);
          view.known.keySet().forEach(this::know); // until then they do well
        });
    return this;
  }

  private ScenarioMetrics change(String name, UnaryOperator<Behaviour> change) {
    var version = new Version(name);
    written.add(version);
    set(version, change.apply(known.getOrDefault(version, WELL)));
    return this;
  }

  private void set(Version version, Behaviour now) {
    known.put(version, now);
    write(version, Metric.ERROR_RATE, now.errors(), now);
    write(version, Metric.EMPTY_RATE, now.empties(), now);
    write(version, Metric.SUCCESS_RATE, Math.max(0, 1 - now.errors() - now.empties()), now);
    write(version, Metric.RATE_LIMITED_RATE, 0, now);
    write(version, Metric.LATENCY_P50, now.p95() / 2, now);
    write(version, Metric.LATENCY_P95, now.p95(), now);
    write(version, Metric.LATENCY_P99, now.p95() * 1.5, now);
    write(version, Metric.REQUEST_COUNT, now.samples(), now);
  }

  private void write(Version version, Metric metric, double value, Behaviour behaviour) {
    script.given(version, metric, value, behaviour.samples());
  }

  /** What was last written of each version, for example {@code v2: 9% errors, …}. */
  @Override
  public String toString() {
    return known.entrySet().stream()
        .map(one -> one.getKey() + ": " + one.getValue())
        .sorted()
        .collect(Collectors.joining("; "));
  }
}
