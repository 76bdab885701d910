package io.bellwether.benchmarks;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bellwether.config.ConfigLayer;
import io.bellwether.config.ConfigLoader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to load two layers of YAML, merge them, fill three placeholders a service and bind
 * the services, beside the least that Jackson alone needs for the same.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class ConfigLoadBenchmark {
  /** What the placeholders are filled with. */
  protected static final Map<String, String> VARIABLES =
      Map.of("HOST", "api.example.org", "SECRET", "s3cr3t-value-000000001");

  private static final YAMLMapper JACKSON =
      YAMLMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  /** A service, about 225 bytes of YAML. */
  public record Service(
      String host,
      String url,
      String password,
      int port,
      int timeoutMs,
      boolean enabled,
      double weight,
      List<String> tags,
      Map<String, String> limits) {}

  /** All services by name. */
  public record Services(Map<String, Service> services) {}

  /** The two documents. */
  @State(Scope.Benchmark)
  public static class Documents {
    /** Size of the lower layer. */
    @Param({"1", "10", "100", "1000"})
    public int kilobytes;

    /** The lower layer. */
    public String base = "";

    /** The upper layer: another port and weight for every tenth service. */
    public String production = "";

    /** How many services there are. */
    public int count;

    /** Bound once, for reading. */
    Services bound = new Services(Map.of());

    Service first = new Service("", "", "", 0, 0, false, 0, List.of(), Map.of());

    /** Writes the documents and checks that ours and Jackson's results are the same. */
    @Setup
    public void write() throws IOException {
      count = Math.max(1, kilobytes * 1024 / 225);
      var lower = new StringBuilder("services:\n");
      var upper = new StringBuilder("services:\n");
      for (var i = 0; i < count; i++) {
        lower.append(service("svc" + i));
        upper.append(i % 10 == 0 ? "  svc" + i + ":\n    port: 9090\n    weight: 0.5\n" : "");
      }
      base = lower.toString();
      production = upper.toString();
      bound = new ConfigLoadBenchmark().bellwether(this);
      first = bound.services().getOrDefault("svc0", first);
      if (!bound.equals(new ConfigLoadBenchmark().jackson(this)) || first.port() != 9090) {
        throw new IllegalStateException("the results differ");
      }
    }

    private static String service(String name) {
      return """
        %1$s:
          host: ${HOST}
          url: https://${HOST}/v1/%1$s
          password: ${SECRET}
          port: 8080
          timeoutMs: 2000
          enabled: true
          weight: 0.25
          tags:
            - alpha
            - beta
            - gamma
          limits:
            cpu: 500m
            memory: 1Gi
      """
          .formatted(name);
    }
  }

  /** Ours: with places, checks for secrets, strict binding. */
  @Benchmark
  public Services bellwether(Documents documents) {
    return ConfigLoader.of(
            ConfigLayer.text("base.yml", documents.base),
            ConfigLayer.text("production.yml", documents.production))
        .variables(VARIABLES)
        .load()
        .bind(Services.class);
  }

  /** The bare pipeline: trees, a merge, a replacement, data binding. */
  @Benchmark
  public Services jackson(Documents documents) throws IOException {
    var merged = merged(JACKSON.readTree(documents.base), JACKSON.readTree(documents.production));
    return JACKSON.treeToValue(filled(merged), Services.class);
  }

  private static JsonNode merged(JsonNode lower, JsonNode upper) {
    if (lower instanceof ObjectNode below && upper instanceof ObjectNode above) {
      above
          .properties()
          .forEach(
              field -> {
                var known = below.get(field.getKey());
                var value = field.getValue();
                below.set(field.getKey(), known == null ? value : merged(known, value));
              });
      return below;
    }
    return upper;
  }

  private static JsonNode filled(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (var field : new ArrayList<>(object.properties())) {
        object.set(field.getKey(), filled(field.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (var i = 0; i < array.size(); i++) {
        array.set(i, filled(array.get(i)));
      }
    } else if (node.isTextual() && node.textValue().contains("${")) {
      return TextNode.valueOf(filled(node.textValue()));
    }
    return node;
  }

  private static String filled(String text) {
    var out = new StringBuilder();
    var from = 0;
    for (var at = text.indexOf("${"); at >= 0; at = text.indexOf("${", from)) {
      var end = text.indexOf('}', at);
      out.append(text, from, at).append(VARIABLES.get(text.substring(at + 2, end)));
      from = end + 1;
    }
    return out.append(text, from, text.length()).toString();
  }

  /** Reading a setting that was bound once. */
  @Benchmark
  @OutputTimeUnit(TimeUnit.NANOSECONDS)
  public int read(Documents documents) {
    return documents.first.port();
  }
}
