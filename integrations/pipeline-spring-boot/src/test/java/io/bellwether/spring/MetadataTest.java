package io.bellwether.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class MetadataTest {
  @Test
  void every_property_is_described() throws IOException {
    var described = new HashMap<String, String>();
    try (var file =
        BellwetherProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      new ObjectMapper()
          .readTree(file)
          .get("properties")
          .forEach(
              property ->
                  described.put(
                      property.get("name").asText(), property.path("description").asText()));
      described.keySet().removeIf(name -> !name.startsWith("bellwether."));
    }
    var names = new ArrayList<String>();
    properties("bellwether", BellwetherProperties.class, names);
    assertThat(names).contains("bellwether.monitoring.latency-p95").hasSizeGreaterThan(15);
    assertThat(described).containsOnlyKeys(names);
    assertThat(described).allSatisfy((name, text) -> assertThat(text).as(name).endsWith("."));
  }

  private static void properties(String prefix, Class<?> type, List<String> names) {
    for (RecordComponent component : type.getRecordComponents()) {
      var name =
          prefix + "." + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
      if (component.getType().isRecord() && component.getType().getEnclosingClass() != null) {
        properties(name, component.getType(), names);
      } else {
        names.add(name);
      }
    }
  }
}
