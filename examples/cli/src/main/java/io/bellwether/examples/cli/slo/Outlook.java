package io.bellwether.examples.cli.slo;

import io.bellwether.examples.cli.io.Json;
import io.bellwether.slo.BurnRate;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.SloCalculator;
import io.bellwether.slo.SloResult;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How fast a budget burns and when it is gone, if it goes on as it did over the last day.
 *
 * @param slo its name
 * @param rates over an hour, six hours, a day and three; those without data are left out
 * @param lasts how long what is left lasts; empty without data, and where nothing burns
 */
public record Outlook(String slo, List<BurnRate> rates, Optional<Duration> lasts) {
  private static final Duration FORECAST = Duration.ofDays(1);

  private static final List<Duration> WINDOWS =
      List.of(Duration.ofHours(1), Duration.ofHours(6), FORECAST, Duration.ofDays(3));

  /** Copies the rates. */
  public Outlook {
    rates = List.copyOf(rates);
  }

  /** Looks ahead from a moment. */
  public static Outlook of(
      SloCalculator calculator, SloResult result, Measurements measurements, Instant at) {
    var rates =
        WINDOWS.stream()
            .flatMap(
                window -> calculator.burnRate(result.name(), measurements, window, at).stream())
            .toList();
    var daily = rates.stream().filter(rate -> rate.window().equals(FORECAST)).findFirst();
    var lasts =
        daily.flatMap(
            rate -> result.budget().flatMap(budget -> budget.timeToExhaustion(rate.rate())));
    return new Outlook(result.name(), rates, lasts);
  }

  /** A line of rates and one of what they come to. */
  public List<String> lines() {
    if (rates.isEmpty()) {
      return List.of();
    }
    var burning =
        "burn rate "
            + String.join(
                ", ",
                rates.stream()
                    .map(r -> r.rate().text() + " over " + Durations.plain(r.window()))
                    .toList());
    return Stream.of(burning, forecast()).toList();
  }

  private String forecast() {
    if (lasts.isEmpty()) {
      return "forecast: nothing was spent in the last day";
    }
    return lasts.get().isZero()
        ? "forecast: nothing is left"
        : "forecast: as in the last day, what is left lasts " + Durations.plain(lasts.get());
  }

  /** For programs; lengths in seconds. */
  public Json json() {
    return Json.object()
        .put("slo", slo)
        .put(
            "burn_rates",
            rates.stream()
                .map(
                    r ->
                        Json.object()
                            .put("window_seconds", r.window().toSeconds())
                            .put("rate", r.rate().value()))
                .toList())
        .put("lasts_seconds", lasts.map(Duration::toSeconds));
  }
}
