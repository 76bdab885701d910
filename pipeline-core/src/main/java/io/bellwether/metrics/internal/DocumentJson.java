package io.bellwether.metrics.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.bellwether.Problems;
import io.bellwether.metrics.MetricsDocument;
import io.bellwether.metrics.MetricsDocument.TokenUsage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The metrics document as JSON. */
public final class DocumentJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private static final String TOKENS = "token_usage";

  /** In the order in which they are written. */
  private static final List<String> NUMBERS =
      List.of(
          "error_rate",
          "latency_p50",
          "latency_p95",
          "latency_p99",
          "success_rate",
          "token_usage.used",
          "token_usage.limit",
          "token_usage.percentage",
          "request_count");

  /** Beyond this a double skips whole numbers. */
  private static final double MOST_EXACT = 0x1p53;

  private DocumentJson() {}

  /** Writes the document in the order of its fields; what is no number is {@code null}. */
  public static String write(MetricsDocument document) {
    var text = new StringWriter(256);
    try (var out = JSON.createGenerator(text)) {
      out.writeStartObject();
      number(out, "error_rate", document.errorRate());
      number(out, "latency_p50", document.latencyP50());
      number(out, "latency_p95", document.latencyP95());
      number(out, "latency_p99", document.latencyP99());
      number(out, "success_rate", document.successRate());
      out.writeObjectFieldStart("token_usage");
      var tokens = document.tokenUsage();
      out.writeNumberField("used", tokens.used());
      number(out, "limit", tokens.limit() == 0 ? Double.NaN : tokens.limit());
      number(out, "percentage", tokens.percentage());
      out.writeEndObject();
      out.writeNumberField("request_count", document.requestCount());
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** A number in the shortest form that reads back the same. */
  private static void number(JsonGenerator out, String field, double value) throws IOException {
    if (Double.isNaN(value)) {
      out.writeNullField(field);
    } else if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      out.writeNumberField(field, (long) value);
    } else {
      out.writeNumberField(field, value);
    }
  }

  /**
   * Reads a document.
   *
   * @throws io.bellwether.InvalidConfigurationException that lists every problem
   */
  public static MetricsDocument read(byte[] utf8) {
    var problems = new Problems();
    var numbers = new HashMap<String, Double>();
    try (var in = JSON.createParser(utf8)) {
      in.nextToken();
      fields(in, "", numbers, problems);
      problems.require(in.nextToken() == null, "something follows the document");
    } catch (JsonProcessingException e) {
      problems.add("no JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory", e);
    }
    problems.throwIfAny("metrics document");
    return document(numbers);
  }

  private static void fields(
      JsonParser in, String prefix, Map<String, Double> numbers, Problems problems)
      throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      problems.add((prefix.isEmpty() ? "the document" : TOKENS) + " is no object");
      in.skipChildren();
      return;
    }
    while (in.nextToken() != JsonToken.END_OBJECT) {
      var name = prefix + in.currentName();
      var token = in.nextToken();
      if (name.equals(TOKENS)) {
        fields(in, TOKENS + ".", numbers, problems);
      } else if (token.isNumeric()) {
        numbers.put(name, in.getDoubleValue());
      } else if (token == JsonToken.VALUE_NULL) {
        numbers.put(name, Double.NaN);
      } else {
        in.skipChildren();
        if (NUMBERS.contains(name)) {
          numbers.put(name, Double.NaN);
          problems.add(name + " is neither a number nor null");
        }
      }
    }
    NUMBERS.stream()
        .filter(name -> name.startsWith(prefix) && name.indexOf('.') < prefix.length())
        .filter(name -> !numbers.containsKey(name))
        .forEach(name -> problems.add(name + " is missing"));
  }

  private static MetricsDocument document(Map<String, Double> numbers) {
    var problems = new Problems();
    var requests = count(numbers, "request_count", problems);
    var used = count(numbers, "token_usage.used", problems);
    var limit =
        Double.isNaN(number(numbers, "token_usage.limit"))
            ? 0
            : count(numbers, "token_usage.limit", problems);
    problems.throwIfAny("metrics document");
    return new MetricsDocument(
        number(numbers, "error_rate"),
        number(numbers, "latency_p50"),
        number(numbers, "latency_p95"),
        number(numbers, "latency_p99"),
        number(numbers, "success_rate"),
        new TokenUsage(used, limit, number(numbers, "token_usage.percentage")),
        requests);
  }

  private static long count(Map<String, Double> numbers, String name, Problems problems) {
    var count = number(numbers, name);
    problems.require(
        count == Math.rint(count) && Math.abs(count) <= MOST_EXACT,
        name + " is " + count + ", expected a whole number");
    return (long) count;
  }

  private static double number(Map<String, Double> numbers, String name) {
    return numbers.getOrDefault(name, Double.NaN);
  }
}
