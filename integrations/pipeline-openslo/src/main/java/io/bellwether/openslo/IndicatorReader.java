package io.bellwether.openslo;

import io.bellwether.openslo.Indicator.Kind;
import io.bellwether.openslo.Indicator.Source;
import java.util.Map;
import java.util.TreeMap;

/** Reads an SLI. */
final class IndicatorReader {
  private IndicatorReader() {}

  static Indicator read(Field document, boolean named) {
    var name = named ? BundleReader.nameOf(document) : inlineName(document);
    var spec = document.required("spec");
    var words = Words.of(document);
    if (spec.has("thresholdMetric") == spec.has("ratioMetric")) {
      spec.problem("has either a thresholdMetric or a ratioMetric");
    }
    if (spec.has("thresholdMetric")) {
      var source = source(spec.required("thresholdMetric"));
      return new Indicator(name, words, Kind.THRESHOLD, false, Map.of("threshold", source));
    }
    return spec.optional("ratioMetric")
        .map(ratio -> ratio(name, words, ratio))
        .orElseGet(() -> new Indicator(name, words, Kind.GOOD_OF_TOTAL, false, Map.of()));
  }

  private static String inlineName(Field document) {
    return document.optional("metadata").map(metadata -> metadata.text("name")).orElse("");
  }

  private static Indicator ratio(String name, Words words, Field ratio) {
    var sources = new TreeMap<String, Source>();
    for (var role : new String[] {"good", "bad", "total", "raw"}) {
      ratio.optional(role).ifPresent(metric -> sources.put(role, source(metric)));
    }
    var counter = ratio.flag("counter");
    return new Indicator(name, words, kind(ratio, sources), counter, sources);
  }

  private static Kind kind(Field ratio, Map<String, Source> sources) {
    var roles = sources.keySet().toString();
    var rawType = ratio.optional("rawType");
    if (rawType.isPresent() != sources.containsKey("raw")) {
      ratio.problem("raw and rawType go together");
    }
    return switch (roles) {
      case "[good, total]" -> Kind.GOOD_OF_TOTAL;
      case "[bad, total]" -> Kind.BAD_OF_TOTAL;
      case "[raw]" -> rawType.map(IndicatorReader::rawKind).orElse(Kind.RAW_SUCCESS);
      default -> {
        ratio.problem(
            "has " + roles + ", expected good and total, bad and total, or raw and rawType");
        yield Kind.GOOD_OF_TOTAL;
      }
    };
  }

  private static Kind rawKind(Field rawType) {
    return switch (rawType.text()) {
      case "success" -> Kind.RAW_SUCCESS;
      case "failure" -> Kind.RAW_FAILURE;
      default -> {
        rawType.problem("'" + rawType.text() + "', expected success or failure");
        yield Kind.RAW_SUCCESS;
      }
    };
  }

  private static Source source(Field metric) {
    var source = metric.required("metricSource");
    var spec = source.optional("spec").map(Field::anything).orElse(Map.of());
    return new Source(source.text("type"), source.text("metricSourceRef"), spec);
  }
}
