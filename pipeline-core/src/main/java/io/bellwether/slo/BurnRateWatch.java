package io.bellwether.slo;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.slo.BurnRateFinding.Kind;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers since when burn rate alerts hold, and says once what has held long enough: also that
 * nothing was measured for too long. The host calls it, every minute or so. Not thread-safe.
 */
public final class BurnRateWatch {
  private static final String ABSENT = "absent";

  private final BurnRateAlerts alerts;
  private final Map<String, Instant> since = new HashMap<>();
  private final Map<String, Instant> told = new HashMap<>();

  /** A watch that has seen nothing yet. */
  public BurnRateWatch(BurnRateAlerts alerts) {
    this.alerts = alerts;
  }

  /** What people are to be told now and were not told before. */
  public List<Alert> check(Measurements measurements, Instant now) {
    var news = new ArrayList<Alert>();
    var findings = alerts.evaluate(measurements, now);
    for (var finding : findings) {
      var name = finding.alert().name();
      if (isNews(name, finding.kind() == Kind.EXCEEDED, finding.alert().holdFor(), now)) {
        news.add(finding.toAlert(now));
      }
    }
    var silent = findings.stream().allMatch(finding -> finding.kind() == Kind.NO_DATA);
    var slo = alerts.slo();
    var patience = BurnRateAlerts.absentAfter(slo.objective(), slo.shortestWindow());
    if (isNews(ABSENT, silent && !findings.isEmpty(), patience, now)) {
      news.add(absent(now, patience));
    }
    return news;
  }

  /** Since when an alert has been told and still holds; empty when it does not. */
  public Optional<Instant> firingSince(String alert) {
    return Optional.ofNullable(told.get(alert));
  }

  private boolean isNews(String name, boolean holds, Duration hold, Instant now) {
    if (!holds) {
      since.remove(name);
      told.remove(name);
      return false;
    }
    var start = since.computeIfAbsent(name, key -> now);
    var longEnough = Duration.between(start, now).compareTo(hold) >= 0;
    return longEnough && told.putIfAbsent(name, now) == null;
  }

  private Alert absent(Instant now, Duration patience) {
    var slo = alerts.slo().name();
    return Alert.of(
        "slo_no_data",
        Severity.WARNING,
        now,
        a ->
            a.key("slo_no_data/" + slo)
                .summary(slo + ": nothing measured for " + Durations.plain(patience))
                .nextStep("See to the measurements; an SLO without data holds nobody back.")
                .label("slo", slo));
  }
}
