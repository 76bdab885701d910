package io.bellwether.openslo;

import io.bellwether.openslo.Indicator.Source;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes an SLI. */
final class IndicatorWriter {
  private IndicatorWriter() {}

  static Map<String, Object> spec(Indicator indicator) {
    var spec = indicator.words().spec();
    switch (indicator.kind()) {
      case THRESHOLD -> spec.put("thresholdMetric", metric(indicator.sources().get("threshold")));
      case GOOD_OF_TOTAL, BAD_OF_TOTAL -> spec.put("ratioMetric", ratio(indicator));
      case RAW_SUCCESS -> spec.put("ratioMetric", raw(indicator, "success"));
      case RAW_FAILURE -> spec.put("ratioMetric", raw(indicator, "failure"));
    }
    return spec;
  }

  private static Map<String, Object> ratio(Indicator indicator) {
    var ratio = new LinkedHashMap<String, Object>();
    ratio.put("counter", indicator.counter());
    indicator.sources().forEach((role, source) -> ratio.put(role, metric(source)));
    return ratio;
  }

  private static Map<String, Object> raw(Indicator indicator, String type) {
    var ratio = ratio(indicator);
    ratio.put("rawType", type);
    return ratio;
  }

  private static Map<String, Object> metric(@org.jspecify.annotations.Nullable Source source) {
    var metric = new LinkedHashMap<String, Object>();
    if (source != null) {
      if (!source.reference().isEmpty()) {
        metric.put("metricSourceRef", source.reference());
      }
      if (!source.type().isEmpty()) {
        metric.put("type", source.type());
      }
      metric.put("spec", source.spec());
    }
    return Map.of("metricSource", metric);
  }
}
