package io.bellwether.report;

import io.bellwether.analysis.RateInterval;
import io.bellwether.analysis.StreamEvidence;
import io.bellwether.internal.JsonWriting;
import io.bellwether.metrics.LatencyBand;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A report as one JSON object. What is no number, or infinite, is left out. */
final class ReportJson {
  private ReportJson() {}

  static String of(RolloutReport report) {
    var run = report.run();
    var out = new LinkedHashMap<String, Object>();
    out.put("rollout", run.id());
    out.put("release", run.release());
    out.put("stable", run.stable());
    out.put("candidate", run.candidate());
    out.put("purpose", run.purpose());
    out.put("launch", run.launch());
    out.put("plan", run.plan());
    out.put("phase", report.phase());
    out.put("step", report.step() + 1);
    out.put("weight_percent", report.weight().percent());
    out.put("explanation", report.explanation());
    out.put("cause", report.cause().map(Object::toString));
    out.put("stable_verified", report.verified());
    out.put("started_at", run.startedAt());
    out.put("as_of", report.asOf());
    out.put("took_ms", report.length().toMillis());
    out.put("weights", each(report.weights(), ReportJson::weight));
    out.put("samples", each(report.samples(), ReportJson::sample));
    out.put("judge", judge(report));
    out.put("gates", each(report.gates(), ReportJson::gate));
    out.put("holds", each(report.holds(), line -> hold(line, report)));
    out.put("requests", each(report.requests(), ReportJson::request));
    out.put("alerts", each(report.alerts(), ReportJson::alert));
    out.put("budgets", each(report.budgets(), ReportJson::budget));
    out.put("timeline", each(report.timeline(), ReportJson::moment));
    out.put("timeline_left_out", report.leftOut());
    return JsonWriting.line(out);
  }

  private static <T> List<Map<String, Object>> each(
      List<T> list, Function<T, Map<String, Object>> line) {
    var all = new ArrayList<Map<String, Object>>();
    list.forEach(element -> all.add(line.apply(element)));
    return all;
  }

  private static Map<String, Object> weight(WeightPoint point) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", point.at());
    out.put("percent", point.weight().percent());
    return out;
  }

  private static Map<String, Object> sample(VersionSample sample) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", sample.at());
    out.put("stable", sample.stable().map(ReportJson::figures));
    out.put("candidate", sample.candidate().map(ReportJson::figures));
    return out;
  }

  private static Map<String, Object> figures(VersionFigures figures) {
    var out = rate(figures.errors());
    figures.latency().ifPresent(latency -> latency(out, latency));
    return out;
  }

  private static Map<String, Object> rate(RateInterval rate) {
    var out = new LinkedHashMap<String, Object>();
    out.put("requests", rate.of());
    if (rate.of() > 0) {
      out.put("error_rate", number(rate.rate()));
      out.put("error_rate_low", number(rate.low()));
      out.put("error_rate_high", number(rate.high()));
    }
    return out;
  }

  private static void latency(Map<String, Object> out, LatencyBand latency) {
    out.put("p95_ms", number(latency.millis()));
    if (latency.low() > 0) {
      out.put("p95_ms_low", number(latency.low()));
    }
    out.put("p95_ms_high", number(latency.high()));
  }

  private static Optional<Double> number(double value) {
    return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
  }

  private static Map<String, Object> judge(RolloutReport report) {
    var out = new LinkedHashMap<String, Object>();
    out.put("says", report.judgement());
    out.put(
        "e_values",
        each(
            report.evidence(),
            point -> {
              var line = new LinkedHashMap<String, Object>();
              line.put("at", point.at());
              line.put("e_value", number(point.eValue()));
              line.put("limit", number(point.limit()));
              return line;
            }));
    out.put("streams", each(report.streams(), ReportJson::stream));
    return out;
  }

  private static Map<String, Object> stream(StreamEvidence stream) {
    var out = new LinkedHashMap<String, Object>();
    out.put("name", stream.stream());
    out.put("e_value", number(stream.eValue()));
    out.put("candidate", interval(stream.candidate()));
    out.put("stable", interval(stream.stable()));
    return out;
  }

  private static Map<String, Object> interval(RateInterval rate) {
    var out = new LinkedHashMap<String, Object>();
    out.put("requests", rate.of());
    if (rate.of() > 0) {
      out.put("rate", number(rate.rate()));
      out.put("low", number(rate.low()));
      out.put("high", number(rate.high()));
    }
    return out;
  }

  private static Map<String, Object> gate(GateLine line) {
    var out = new LinkedHashMap<String, Object>();
    out.put("gate", line.gate());
    out.put("dry_run", line.dryRun());
    out.put("metric", line.condition().metric());
    out.put("limit", line.limit());
    if (line.threshold().isPresent()) {
      out.put("threshold", number(line.threshold().getAsDouble()));
    }
    out.put("outcome", line.outcome());
    out.put("value", line.value());
    out.put("stable", line.stable().isEmpty() ? Optional.empty() : line.stable());
    out.put("samples", line.samples());
    out.put("window_ms", line.window().toMillis());
    out.put("failed_checks", line.breached());
    out.put("detail", line.detail().isEmpty() ? Optional.empty() : line.detail());
    out.put(
        "points",
        each(
            line.points(),
            point -> {
              var at = new LinkedHashMap<String, Object>();
              at.put("at", point.at());
              at.put("value", number(point.value()));
              return at;
            }));
    return out;
  }

  private static Map<String, Object> hold(HoldLine line, RolloutReport report) {
    var out = new LinkedHashMap<String, Object>();
    out.put("reason", line.reason().name());
    out.put("detail", line.detail());
    out.put("weight_percent", line.weight().percent());
    out.put("from", line.from());
    out.put("until", line.until());
    out.put("length_ms", line.length(report.asOf()).toMillis());
    return out;
  }

  private static Map<String, Object> request(RequestLine line) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", line.at());
    out.put("who", line.who());
    out.put("what", line.what());
    out.put("approval", line.approval());
    out.put("refused_because", line.refusal().isEmpty() ? Optional.empty() : line.refusal());
    return out;
  }

  private static Map<String, Object> alert(AlertLine line) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", line.at());
    out.put("name", line.name());
    out.put("severity", line.severity());
    out.put("summary", line.summary());
    out.put("next_step", line.nextStep().isEmpty() ? Optional.empty() : line.nextStep());
    out.put("delivered", line.delivered());
    return out;
  }

  private static Map<String, Object> budget(BudgetLine line) {
    var out = new LinkedHashMap<String, Object>();
    out.put("slo", line.slo());
    out.put("before", line.before().map(ReportJson::standing));
    out.put("after", line.after().map(ReportJson::standing));
    return out;
  }

  private static Map<String, Object> standing(BudgetLine.Standing standing) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", standing.at());
    out.put("remaining", standing.remaining().value());
    out.put("status", standing.status());
    out.put("words", standing.words());
    return out;
  }

  private static Map<String, Object> moment(Moment moment) {
    var out = new LinkedHashMap<String, Object>();
    out.put("at", moment.at());
    out.put("kind", moment.kind());
    out.put("phase", moment.phase());
    out.put("text", moment.text());
    return out;
  }
}
