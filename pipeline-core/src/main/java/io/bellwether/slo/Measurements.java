package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known about a service: its ledger, and the events of each SLO. Immutable and thread-safe;
 * every change gives others.
 */
public final class Measurements {
  private static final Measurements NONE = new Measurements(Optional.empty(), Map.of());

  private final Optional<IncidentLedger> ledger;
  private final Map<String, CountSeries> series;

  private Measurements(Optional<IncidentLedger> ledger, Map<String, CountSeries> series) {
    this.ledger = ledger;
    this.series = series;
  }

  /** Nothing known. */
  public static Measurements none() {
    return NONE;
  }

  /** The incidents, for availability. */
  public static Measurements of(IncidentLedger ledger) {
    return NONE.with(ledger);
  }

  /** The events of one SLO. */
  public static Measurements of(String slo, CountSeries events) {
    return NONE.with(slo, events);
  }

  /** These with the incidents. */
  public Measurements with(IncidentLedger incidents) {
    requireNonNull(incidents, "measurements: ledger is missing");
    return new Measurements(Optional.of(incidents), series);
  }

  /** These with the events of one SLO, in addition to those there are. */
  public Measurements with(String slo, CountSeries events) {
    requireNonNull(slo, "measurements: name the SLO the events are of");
    requireNonNull(events, () -> "measurements of '" + slo + "': events are missing");
    var more = new HashMap<>(series);
    more.merge(slo, events, CountSeries::plus);
    return new Measurements(ledger, Map.copyOf(more));
  }

  /** The incidents, if anybody keeps them. */
  public Optional<IncidentLedger> ledger() {
    return ledger;
  }

  /** The events of an SLO; none if nobody counts them. */
  public CountSeries events(String slo) {
    return series.getOrDefault(slo, CountSeries.NONE);
  }

  /** What an SLO is measured by: its own events, or those of its members taken for one. */
  CountSeries events(Slo slo) {
    return slo.members().isEmpty() ? events(slo.name()) : CompositeEvents.of(slo, this);
  }
}
