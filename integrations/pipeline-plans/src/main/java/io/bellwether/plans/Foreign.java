package io.bellwether.plans;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.bellwether.BellwetherException;
import io.bellwether.time.Durations;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;

/** Reads the documents of other tools, and writes ours. */
final class Foreign {
  private static final int MOST_CHARACTERS = 4 * 1024 * 1024;
  private static final int DEEPEST = 100;

  private Foreign() {}

  /**
   * Every document of a text that is a map.
   *
   * @param what it is, for messages
   * @throws BellwetherException if it cannot be read; shows the place, not the text
   */
  static List<JsonNode> documents(String what, String text) {
    if (text.length() > MOST_CHARACTERS) {
      throw new BellwetherException(
          what + " has " + text.length() + " characters, expected at most " + MOST_CHARACTERS);
    }
    try (MappingIterator<JsonNode> documents =
        reader().readerFor(JsonNode.class).readValues(text)) {
      var found = new ArrayList<JsonNode>();
      documents.forEachRemaining(found::add);
      return found.stream().filter(JsonNode::isObject).toList();
    } catch (IOException | RuntimeException e) {
      throw new BellwetherException(what + " cannot be read as YAML" + place(e));
    }
  }

  /** A plan as text, in the order of the map. */
  static String yaml(Map<String, ?> plan) {
    try {
      return YAMLMapper.builder()
          .disable(Feature.WRITE_DOC_START_MARKER)
          .enable(Feature.MINIMIZE_QUOTES, Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
          .build()
          .writeValueAsString(plan);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps, lists and texts are written without failing", e);
    }
  }

  /** What stands at a pointer such as {@code /spec/analysis}; nothing where it is null. */
  static Optional<JsonNode> at(JsonNode node, String pointer) {
    var found = node.at(pointer);
    return found.isMissingNode() || found.isNull() ? Optional.empty() : Optional.of(found);
  }

  static Optional<String> text(JsonNode node, String pointer) {
    return at(node, pointer).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }

  static Optional<Double> number(JsonNode node, String pointer) {
    return at(node, pointer).filter(JsonNode::isNumber).map(JsonNode::asDouble);
  }

  /** A duration; a bare number counts seconds. */
  static Optional<Duration> duration(JsonNode node, String pointer) {
    return text(node, pointer).map(Foreign::duration);
  }

  private static Duration duration(String text) {
    return text.matches("\\d{1,9}")
        ? Duration.ofSeconds(Long.parseLong(text))
        : Durations.parse(text);
  }

  /** A number as people write it: 10 and not 10.0. */
  static Number plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e9 ? (Number) (long) number : number;
  }

  private static YAMLMapper reader() {
    var options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    return new YAMLMapper(YAMLFactory.builder().loaderOptions(options).build());
  }

  private static String place(@Nullable Throwable failure) {
    for (var at = failure; at != null; at = at.getCause()) {
      if (at instanceof JsonProcessingException told && told.getLocation() != null) {
        var location = told.getLocation();
        return " at line " + location.getLineNr() + ", column " + location.getColumnNr();
      }
    }
    return "";
  }
}
