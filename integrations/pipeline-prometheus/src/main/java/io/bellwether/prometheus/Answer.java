package io.bellwether.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Prometheus answered: numbers with their labels, all of one moment.
 *
 * @param at when the expression was evaluated, in seconds since 1970; NaN without numbers
 */
record Answer(List<Sample> samples, double at) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int LONGEST_WORDS = 300;

  /** One number. */
  record Sample(Map<String, String> labels, double value) {}

  /** That an answer is none that figures could be made of. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
      super(why);
    }
  }

  /** The number of a row; empty if it is not there. */
  Optional<Double> of(Promql.Row row) {
    return samplesOf(row).stream().findFirst().map(Sample::value);
  }

  List<Sample> samplesOf(Promql.Row row) {
    return samples.stream()
        .filter(sample -> row.name().equals(sample.labels().get(Promql.ROW)))
        .toList();
  }

  static Answer read(HttpResponse<byte[]> response) throws Refused {
    var status = response.statusCode();
    if (status == 401 || status == 403) {
      throw new Refused("status " + status + ": the credentials are refused");
    }
    var root = parse(response);
    if (!"success".equals(root.path("status").asText()) || status / 100 != 2) {
      throw new Refused("status " + status + ": " + words(root.path("error").asText("no reason")));
    }
    if (!root.path("warnings").isEmpty()) {
      throw new Refused(
          "it warns that the answer may not be whole: " + words(root.path("warnings").toString()));
    }
    return of(root.path("data"));
  }

  private static JsonNode parse(HttpResponse<byte[]> response) throws Refused {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new Refused("status " + response.statusCode() + " and no JSON: is it a Prometheus?");
    }
  }

  private static Answer of(JsonNode data) throws Refused {
    var samples = new ArrayList<Sample>();
    var at = Double.NaN;
    switch (data.path("resultType").asText()) {
      case "vector" -> {
        for (var one : data.path("result")) {
          samples.add(new Sample(labels(one.path("metric")), value(one.path("value"))));
          at = one.path("value").path(0).asDouble();
        }
      }
      case "scalar" -> {
        samples.add(new Sample(Map.of(), value(data.path("result"))));
        at = data.path("result").path(0).asDouble();
      }
      default ->
          throw new Refused(
              "the result is a '"
                  + words(data.path("resultType").asText())
                  + "', expected numbers of one moment");
    }
    return new Answer(List.copyOf(samples), at);
  }

  private static Map<String, String> labels(JsonNode metric) {
    var labels = new TreeMap<String, String>();
    metric.properties().forEach(field -> labels.put(field.getKey(), field.getValue().asText()));
    return labels;
  }

  /** Numbers are texts: JSON knows neither NaN nor infinity. */
  static double value(JsonNode pair) throws Refused {
    var text = pair.path(1).asText();
    return switch (text) {
      case "NaN" -> Double.NaN;
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield Double.parseDouble(text);
        } catch (NumberFormatException e) {
          throw new Refused("'" + words(text) + "' is no number");
        }
      }
    };
  }

  private static String words(String text) {
    return text.length() <= LONGEST_WORDS ? text : text.substring(0, LONGEST_WORDS) + "…";
  }
}
