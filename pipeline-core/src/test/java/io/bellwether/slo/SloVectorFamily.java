package io.bellwether.slo;

import static java.time.Duration.ofDays;

import io.bellwether.Ratio;
import io.bellwether.vectors.VectorObject;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the library says to the inputs of a family of vectors, and how those are read. */
abstract class SloVectorFamily {
  static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  static final String NAME = "slo";

  final VectorObject in;
  final Map<String, Object> out = new HashMap<>();

  SloVectorFamily(VectorObject in) {
    this.in = in;
  }

  /** Whether the kind is one of this family; then its answers are in {@link #out}. */
  abstract boolean answers(String kind);

  static SloResult result(Slo slo, CountSeries events) {
    return resultAt(slo, events, START.plus(ofDays(30)));
  }

  static SloResult resultAt(Slo slo, CountSeries events, Instant now) {
    return SloCalculator.of(slo).report(Measurements.of(NAME, events), now).result(NAME);
  }

  static Span span(int days) {
    return Span.of(START, ofDays(days));
  }

  long whole(String name) {
    return decimal(name).longValueExact();
  }

  BigDecimal decimal(String name) {
    return BigDecimal.valueOf(in.number(name));
  }

  Fraction fraction(String name) {
    return Fraction.of(decimal(name));
  }

  List<Fraction> fractions(String name) {
    return Arrays.stream(in.numbers(name))
        .mapToObj(number -> Fraction.of(BigDecimal.valueOf(number)))
        .toList();
  }

  Ratio ratio(String name) {
    return Ratio.of(decimal(name));
  }

  BigDecimal percent(String name) {
    return decimal(name).movePointLeft(2);
  }

  Duration days(String name) {
    return Times.duration(fraction(name).times(86_400_000_000_000L));
  }

  Duration hours(String name) {
    return Times.duration(fraction(name).times(3_600_000_000_000L));
  }

  static Duration minutes(double minutes) {
    return Times.duration(Fraction.of(BigDecimal.valueOf(minutes)).times(60_000_000_000L));
  }

  static Fraction inMinutes(Duration length) {
    return Times.minutes(Times.nanos(length));
  }

  static Fraction nanosPerHour() {
    return Fraction.of(3_600_000_000_000L);
  }
}
