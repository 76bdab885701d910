package io.bellwether.micrometer;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.analysis.Judgement;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.runtime.RolloutListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.DoubleSupplier;

/**
 * Publishes what rollouts do as Micrometer meters:
 *
 * <pre>{@code
 * RolloutRuntime.builder().listener(RolloutMeters.of(registry).budget("chat", report::remaining))…
 * }</pre>
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>name</th><th>tags</th><th>value</th></tr>
 *   <tr><td>bellwether.rollout.weight</td><td>release</td>
 *       <td>the candidate's percentage of users</td></tr>
 *   <tr><td>bellwether.rollout.phase</td><td>release, phase</td>
 *       <td>1 for the phase it is in, 0 for those it was in before</td></tr>
 *   <tr><td>bellwether.gate.verdicts</td><td>release, gate, outcome</td><td>how many</td></tr>
 *   <tr><td>bellwether.judge.evalue</td><td>release</td>
 *       <td>the last e-value against the candidate; NaN from a judge without guarantee</td></tr>
 *   <tr><td>bellwether.judge.verdicts</td><td>release, judge, verdict</td><td>how many</td></tr>
 *   <tr><td>bellwether.budget.remaining</td><td>slo</td>
 *       <td>what is left of the error budget, 1 for all of it, negative when overspent</td></tr>
 *   <tr><td>bellwether.alert.deliveries</td><td>receiver, severity, result</td>
 *       <td>how many, by {@code delivered} and {@code failed}; {@code rollouts} is the receiver of
 *       the runtime's notifier</td></tr>
 * </table>
 *
 * <p>Versions and users are no tags, so that the number of meters does not grow with time. The
 * meters stay registered until {@link #forget} or as long as the registry lives. Thread-safe.
 */
public final class RolloutMeters implements RolloutListener {
  private final MeterRegistry registry;
  private final ConcurrentHashMap<String, ReleaseMeters> releases = new ConcurrentHashMap<>();

  private RolloutMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Meters in this registry. */
  public static RolloutMeters of(MeterRegistry registry) {
    return new RolloutMeters(registry);
  }

  @Override
  public void on(RolloutEvent event, RolloutState state) {
    meters(state.release()).moveTo(state.weight().percent(), state.phase());
    if (event instanceof RolloutEvent.Checked checked) {
      for (var verdict : checked.verdicts()) {
        count(
            Counter.builder("bellwether.gate.verdicts")
                .description("Gate verdicts of rollouts")
                .tag("release", state.release())
                .tag("gate", verdict.gate())
                .tag("outcome", word(verdict.outcome())));
      }
      checked.judged().ifPresent(judged -> judged(state.release(), judged));
    }
  }

  @Override
  public void told(Alert alert, boolean delivered) {
    delivery("rollouts", alert, delivered);
  }

  private void judged(String release, Judged judged) {
    meters(release).eValue(judged.alarm().map(Judgement.Alarm::eValue).orElse(Double.NaN));
    count(
        Counter.builder("bellwether.judge.verdicts")
            .description("Verdicts of canary judges")
            .tag("release", release)
            .tag("judge", judged.judge())
            .tag("verdict", word(judged.reason().decision())));
  }

  /**
   * Publishes what is left of an error budget.
   *
   * @param remaining 1 for all of it, 0 for none, negative when overspent; asked with every
   *     publication, and kept from being collected by the registry
   */
  public RolloutMeters budget(String slo, DoubleSupplier remaining) {
    Gauge.builder("bellwether.budget.remaining", remaining, DoubleSupplier::getAsDouble)
        .description("What is left of the error budget, of 1")
        .tag("slo", slo)
        .strongReference(true)
        .register(registry);
    return this;
  }

  /**
   * The same notifier, with its deliveries counted, for alerts that no rollout sends; what it
   * throws is thrown on.
   */
  public Notifier counting(String receiver, Notifier notifier) {
    return alert -> {
      var delivered = false;
      try {
        notifier.notify(alert);
        delivered = true;
      } finally {
        delivery(receiver, alert, delivered);
      }
    };
  }

  private void delivery(String receiver, Alert alert, boolean delivered) {
    count(
        Counter.builder("bellwether.alert.deliveries")
            .description("Alerts handed to receivers")
            .tag("receiver", receiver)
            .tag("severity", word(alert.severity()))
            .tag("result", delivered ? "delivered" : "failed"));
  }

  /** Removes the gauges of a release that is no more. */
  public void forget(String release) {
    var meters = releases.remove(release);
    if (meters != null) {
      meters.remove();
    }
  }

  private ReleaseMeters meters(String release) {
    return releases.computeIfAbsent(release, name -> new ReleaseMeters(registry, name));
  }

  private void count(Counter.Builder counter) {
    counter.register(registry).increment();
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** The gauges of one release. */
  private static final class ReleaseMeters {
    private final MeterRegistry registry;
    private final String release;
    private final ConcurrentHashMap<Phase, Gauge> phases = new ConcurrentHashMap<>();
    private final Gauge weightGauge;
    private final Gauge eValueGauge;
    private volatile double weight;
    private volatile double eValue = Double.NaN;
    private volatile Phase phase = Phase.PENDING;

    ReleaseMeters(MeterRegistry registry, String release) {
      this.registry = registry;
      this.release = release;
      weightGauge =
          Gauge.builder("bellwether.rollout.weight", this, meters -> meters.weight)
              .description("The candidate's percentage of users")
              .tag("release", release)
              .register(registry);
      eValueGauge =
          Gauge.builder("bellwether.judge.evalue", this, meters -> meters.eValue)
              .description("The e-value against the candidate")
              .tag("release", release)
              .register(registry);
    }

    void moveTo(double weight, Phase phase) {
      this.weight = weight;
      this.phase = phase;
      phases.computeIfAbsent(phase, this::gauge);
    }

    void eValue(double eValue) {
      this.eValue = eValue;
    }

    void remove() {
      registry.remove(weightGauge);
      registry.remove(eValueGauge);
      phases.values().forEach(registry::remove);
    }

    private Gauge gauge(Phase of) {
      return Gauge.builder("bellwether.rollout.phase", this, meters -> meters.phase == of ? 1 : 0)
          .description("1 for the phase a rollout is in")
          .tag("release", release)
          .tag("phase", word(of))
          .register(registry);
    }
  }
}
