package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofDays;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;

/** A month that begins on the first of March, and moments in it by their minute. */
final class Ledgers {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final Instant END = START.plus(ofDays(30));
  static final Slo CHAT = Slo.named("chat", s -> s.availability(percent(99.9)).over(ofDays(30)));

  private Ledgers() {}

  static IncidentLedger empty() {
    return IncidentLedger.since(START);
  }

  static Instant minute(double minute) {
    return START.plus(minutes(minute));
  }

  static Duration minutes(double minutes) {
    return Times.duration(Fraction.of(BigDecimal.valueOf(minutes)).times(60_000_000_000L));
  }

  static Consumption spent(IncidentLedger ledger) {
    return spent(ledger, rule -> rule);
  }

  static Consumption spent(IncidentLedger ledger, UnaryOperator<DowntimeRule> rule) {
    return Consumption.of(ledger, rule.apply(DowntimeRule.DEFAULT), new Span(START, END), END);
  }

  static SloResult result(IncidentLedger ledger) {
    return SloCalculator.of(CHAT).report(Measurements.of(ledger), END).result("chat");
  }

  static String consumed(Consumption spent) {
    return Times.minutes(spent.consumed()).text();
  }
}
