package io.bellwether.slo;

import io.bellwether.slo.internal.JsonDocument;
import java.math.BigDecimal;
import java.util.Optional;

/** A report as JSON: decimals to read, and the exact fraction beside each that decides. */
final class ReportJson {
  private static final int DECIMALS = 12;

  private ReportJson() {}

  static String write(SloReport report) {
    return JsonDocument.write(
        out ->
            out.text("at", report.at().toString())
                .objects("slos", report.results(), result -> result(out, result)));
  }

  private static void result(JsonDocument out, SloResult result) {
    var slo = result.slo();
    out.text("name", slo.name())
        .text("sli", slo.sli().toString())
        .text("objective", slo.objective().toString())
        .number("target", slo.objective().number().exact())
        .text("window", slo.window().toString())
        .text("from", result.window().from().toString())
        .text("to", result.window().to().toString())
        .text("status", result.status().toString());
    if (!slo.members().isEmpty()) {
      out.texts("members", slo.members());
    }
    number(out, "value", result.value());
    result.value().ifPresent(value -> out.text("value_exact", value.toString()));
    number(out, "coverage", Optional.of(result.coverage()));
    number(
        out, "downtime_minutes", result.downtime().map(down -> Times.minutes(Times.nanos(down))));
    result
        .percentile()
        .ifPresent(
            p ->
                number(
                    out,
                    "percentile_ms",
                    Optional.of(Times.nanos(p).dividedBy(Fraction.of(1_000_000)))));
    result.counts().ifPresent(c -> out.object("counts", o -> counts(o, c)));
    result
        .budget()
        .ifPresentOrElse(b -> out.object("budget", o -> budget(o, b)), () -> out.none("budget"));
    result.consumption().ifPresent(c -> out.object("consumption", o -> consumption(o, c)));
    result.pace().ifPresent(p -> out.object("pace", o -> pace(o, p)));
    out.texts("notes", result.notes());
  }

  private static void counts(JsonDocument out, Counts counts) {
    out.number("good", BigDecimal.valueOf(counts.good()))
        .number("total", BigDecimal.valueOf(counts.total()));
  }

  private static void budget(JsonDocument out, ErrorBudget budget) {
    var time = budget.unit() == ErrorBudget.Unit.TIME;
    var unit = time ? "minutes" : budget.unit() == ErrorBudget.Unit.EVENTS ? "events" : "slices";
    out.text("unit", unit).text("status", budget.status().toString());
    number(out, "total", Optional.of(time ? Times.minutes(budget.total()) : budget.total()));
    number(
        out, "consumed", Optional.of(time ? Times.minutes(budget.consumed()) : budget.consumed()));
    number(
        out,
        "remaining",
        Optional.of(time ? Times.minutes(budget.remaining()) : budget.remaining()));
    number(out, "remaining_share", Optional.of(budget.remainingShare()));
    out.text("remaining_share_exact", budget.remainingShare().toString());
  }

  private static void consumption(JsonDocument out, Consumption spent) {
    number(out, "critical_minutes", Optional.of(minutes(spent.critical())));
    number(out, "degraded_minutes", Optional.of(minutes(spent.degraded())));
    number(out, "maintenance_minutes", Optional.of(minutes(spent.maintenance())));
    number(out, "longest_incident_minutes", Optional.of(minutes(spent.longestIncident())));
    out.objects(
            "lines",
            spent.lines(),
            line -> {
              out.text("entry", line.entry().id()).text("kind", line.entry().kind().toString());
              number(out, "cost_minutes", Optional.of(Times.minutes(line.cost())));
              out.text("why", line.why());
            })
        .texts("corrections", spent.corrections());
  }

  private static void pace(JsonDocument out, Pace pace) {
    number(out, "value_so_far", Optional.of(pace.good()));
    out.flag("met_so_far", pace.met());
    number(out, "consumed_share", Optional.of(pace.consumedShare()));
    number(out, "elapsed_share", Optional.of(pace.elapsedShare()));
  }

  private static Fraction minutes(java.time.Duration length) {
    return Times.minutes(Times.nanos(length));
  }

  private static void number(JsonDocument out, String name, Optional<Fraction> value) {
    value.ifPresentOrElse(
        number -> out.number(name, plain(number.decimal(DECIMALS))), () -> out.none(name));
  }

  private static BigDecimal plain(BigDecimal number) {
    var stripped = number.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
