package io.bellwether.prometheus;

import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.Metric;
import io.bellwether.slo.BurnRateAlert;
import io.bellwether.slo.BurnRateAlerts;
import io.bellwether.slo.Fraction;
import io.bellwether.slo.Slo;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A Grafana dashboard of versions side by side: requests, every metric a gate looks at, and the
 * burn rates of each SLO over the windows its alerts use. The data source is asked for when the
 * dashboard is imported. Immutable and thread-safe.
 */
public final class GrafanaDashboard {
  private static final Duration WINDOW = Duration.ofMinutes(5);

  private final String title;
  private final List<Panel> panels = new ArrayList<>();

  /** What one panel draws: expressions by their legend. */
  record Panel(String title, String unit, Map<String, String> expressions) {}

  private GrafanaDashboard(String title) {
    this.title = title;
  }

  /**
   * A dashboard for these SLOs and gates; what {@link PrometheusRules#leftOut} tells of has no
   * panel.
   *
   * @param title also identifies it to Grafana
   */
  public static GrafanaDashboard of(
      String title, PrometheusMeters meters, List<Slo> slos, List<MetricGate> gates) {
    var dashboard = new GrafanaDashboard(title);
    var sums = new Sums(meters);
    var legend = "{{" + meters.versionLabel() + "}}";
    for (var metric : metrics(gates)) {
      sums.metric(metric, WINDOW)
          .ifPresent(
              expression ->
                  dashboard.panels.add(
                      new Panel(metric.name(), unit(metric), Map.of(legend, expression))));
    }
    slos.forEach(slo -> dashboard.burnRates(slo, sums));
    return dashboard;
  }

  private static Set<Metric> metrics(List<MetricGate> gates) {
    var metrics = new LinkedHashSet<>(Set.of(Metric.REQUEST_COUNT));
    for (var gate : gates) {
      gate.conditions().forEach(condition -> metrics.add(condition.metric()));
    }
    return metrics;
  }

  private void burnRates(Slo slo, Sums sums) {
    var expressions = new LinkedHashMap<String, String>();
    var budget = Fraction.of(slo.objective().budget()).decimal(12).stripTrailingZeros();
    for (var window : windows(BurnRateAlerts.recommended(slo).alerts())) {
      sums.bad(slo, window)
          .ifPresent(
              bad ->
                  expressions.put(
                      Durations.plain(window),
                      bad + " / " + sums.requests(window, "") + " / " + budget.toPlainString()));
    }
    if (!expressions.isEmpty()) {
      panels.add(new Panel("Burn rates of " + slo, "none", expressions));
    }
  }

  private static Set<Duration> windows(List<BurnRateAlert> alerts) {
    var windows = new TreeSet<Duration>();
    alerts.forEach(alert -> windows.addAll(List.of(alert.shortWindow(), alert.longWindow())));
    return windows;
  }

  private static String unit(Metric metric) {
    return switch (metric.unit()) {
      case RATIO -> "percentunit";
      case MILLIS -> "ms";
      case COUNT, VALUE -> "short";
    };
  }

  List<Panel> panels() {
    return List.copyOf(panels);
  }

  /** The dashboard as Grafana imports it. */
  public String toJson() {
    var drawn = new ArrayList<Map<String, Object>>();
    for (var at = 0; at < panels.size(); at++) {
      drawn.add(drawn(panels.get(at), at));
    }
    var dashboard = new LinkedHashMap<String, Object>();
    dashboard.put("title", title);
    dashboard.put("schemaVersion", 36);
    dashboard.put("refresh", "30s");
    dashboard.put("time", Map.of("from", "now-3h", "to", "now"));
    dashboard.put(
        "templating",
        Map.of(
            "list",
            List.of(Map.of("name", "datasource", "type", "datasource", "query", "prometheus"))));
    dashboard.put("panels", drawn);
    return Json.document(dashboard);
  }

  private static Map<String, Object> drawn(Panel panel, int at) {
    var targets = new ArrayList<Map<String, Object>>();
    panel
        .expressions()
        .forEach(
            (legend, expression) ->
                targets.add(
                    Map.of(
                        "refId",
                        String.valueOf((char) ('A' + targets.size())),
                        "expr",
                        expression,
                        "legendFormat",
                        legend)));
    var drawn = new LinkedHashMap<String, Object>();
    drawn.put("id", at + 1);
    drawn.put("type", "timeseries");
    drawn.put("title", panel.title());
    drawn.put("datasource", Map.of("type", "prometheus", "uid", "${datasource}"));
    drawn.put("gridPos", Map.of("h", 8, "w", 12, "x", 12 * (at % 2), "y", 8 * (at / 2)));
    drawn.put("fieldConfig", Map.of("defaults", Map.of("unit", panel.unit())));
    drawn.put("targets", targets);
    return drawn;
  }
}
