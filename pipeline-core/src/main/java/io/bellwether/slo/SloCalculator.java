package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.Problems;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * Works out how SLOs stand, and how fast their budgets burn. Reads no clock: the same measurements
 * and the same moment give the same report. Immutable and thread-safe.
 */
public final class SloCalculator {
  private final List<Slo> slos;

  private SloCalculator(List<Slo> slos) {
    this.slos = slos;
  }

  /** A calculator of these SLOs; as {@link #of(List)}. */
  public static SloCalculator of(Slo... slos) {
    return of(Arrays.asList(slos));
  }

  /**
   * A calculator of these SLOs.
   *
   * @throws io.bellwether.InvalidConfigurationException if there is none, two share a name, or a
   *     composite has a member that has no events of its own
   */
  public static SloCalculator of(List<Slo> slos) {
    slos.forEach(slo -> requireNonNull(slo, "SLO calculator: one of the SLOs is missing"));
    var problems = new Problems();
    problems.require(!slos.isEmpty(), "SLOs: none; at least one is calculated");
    var names = new HashSet<String>();
    slos.forEach(
        slo ->
            problems.require(
                names.add(slo.name()),
                "SLO '" + slo.name() + "': there is one of this name already"));
    slos.forEach(slo -> requireEvents(problems, slo, slos));
    problems.throwIfAny("SLO calculator");
    return new SloCalculator(List.copyOf(slos));
  }

  private static void requireEvents(Problems problems, Slo slo, List<Slo> slos) {
    slos.stream()
        .filter(other -> slo.members().contains(other.name()))
        .filter(other -> other.ofTime() || !other.members().isEmpty())
        .forEach(
            other ->
                problems.add(
                    "SLO '"
                        + slo.name()
                        + "': member '"
                        + other.name()
                        + "' is "
                        + other.sli()
                        + ", which has no events of its own"));
  }

  /** The SLOs in the order they were given. */
  public List<Slo> slos() {
    return slos;
  }

  /** How every SLO stands. */
  public SloReport report(Measurements measurements, Instant now) {
    requireNonNull(measurements, "report: measurements are missing, see Measurements.none()");
    requireNonNull(now, "report: now is missing");
    return new SloReport(now, slos.stream().map(slo -> result(slo, measurements, now)).toList());
  }

  /**
   * How fast an SLO's budget was spent over the time just past; empty without data.
   *
   * @param window any length, such as an hour
   * @throws IllegalArgumentException if there is no such SLO, or the window is not positive
   */
  public Optional<BurnRate> burnRate(
      String slo, Measurements measurements, Duration window, Instant now) {
    var asked = slo(slo);
    var past = SloWindow.rolling(window).at(now);
    return asked.ofTime()
        ? TimeResults.burnRate(asked, measurements, past)
        : EventResults.burnRate(asked, measurements.events(asked), past);
  }

  /** An SLO by its name. */
  Slo slo(String name) {
    return slos.stream()
        .filter(slo -> slo.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no SLO '" + name + "'; there are " + slos.stream().map(Slo::name).toList()));
  }

  private static SloResult result(Slo slo, Measurements measurements, Instant now) {
    if (slo.ofTime()) {
      return TimeResults.result(slo, measurements, now);
    }
    var result = EventResults.result(slo, measurements.events(slo), now);
    var silent =
        slo.members().stream()
            .filter(member -> measurements.events(member).cells().isEmpty())
            .toList();
    return silent.isEmpty() ? result : result.noting("no events of the members " + silent);
  }
}
