package io.bellwether.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.bellwether.BellwetherException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A JSON object that was read; a field that is null counts as missing.
 *
 * @param what the document's name for people, with the path of this object in it
 * @param fields in the document's order
 */
public record JsonObject(String what, Map<String, Object> fields) {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * Reads a document.
   *
   * @throws BellwetherException if it is no JSON, or no object
   */
  public static JsonObject parse(String what, String text) {
    try (var in = FACTORY.createParser(text)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new BellwetherException(what + " is no JSON object");
      }
      var object = new JsonObject(what, object(in));
      if (in.nextToken() != null) {
        throw new BellwetherException(what + " is followed by something else");
      }
      return object;
    } catch (JsonProcessingException e) {
      var at = e.getLocation() == null ? "" : " (line " + e.getLocation().getLineNr() + ")";
      throw new BellwetherException(what + " is no JSON: " + e.getOriginalMessage() + at, e);
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  /** A text that has to be there. */
  public String text(String name) {
    return value(name, String.class, "a text");
  }

  /** A text, if there is one. */
  public Optional<String> textIfAny(String name) {
    return fields.containsKey(name) ? Optional.of(text(name)) : Optional.empty();
  }

  /** A text, or a number or truth value as it is written, if there is one. */
  public Optional<String> scalarIfAny(String name) {
    var value = fields.get(name);
    if (value instanceof Map || value instanceof List) {
      throw refusal(name, "a text, a number or a truth value", value);
    }
    return Optional.ofNullable(value)
        .map(one -> one instanceof BigDecimal number ? number.toPlainString() : one.toString());
  }

  /** A number that has to be there. */
  public BigDecimal number(String name) {
    return value(name, BigDecimal.class, "a number");
  }

  /** A truth value that has to be there. */
  public boolean flag(String name) {
    return value(name, Boolean.class, "true or false");
  }

  /** An object that has to be there. */
  public JsonObject object(String name) {
    return objectIn(name, value(name, Map.class, "an object"));
  }

  /** The names of all fields. */
  public Set<String> names() {
    return fields.keySet();
  }

  /** A list of objects; a missing one is empty. */
  public List<JsonObject> objects(String name) {
    var found = new ArrayList<JsonObject>();
    for (var element : list(name)) {
      if (!(element instanceof Map<?, ?> map)) {
        throw refusal(name, "a list of objects", element);
      }
      found.add(objectIn(name + "[" + found.size() + "]", map));
    }
    return found;
  }

  /** A list of texts; a missing one is empty. */
  public List<String> texts(String name) {
    return list(name).stream().map(Object::toString).toList();
  }

  /** An object of texts; a missing one is empty. */
  public Map<String, String> textMap(String name) {
    if (!fields.containsKey(name)) {
      return Map.of();
    }
    var texts = new LinkedHashMap<String, String>();
    object(name).fields.forEach((key, value) -> texts.put(key, value.toString()));
    return texts;
  }

  /** A text turned into something else; what the type refuses is said with the field's place. */
  public <T> T read(String name, Function<String, T> type) {
    var text = text(name);
    try {
      return type.apply(text);
    } catch (IllegalArgumentException | java.time.DateTimeException e) {
      throw new BellwetherException(
          what + ": " + name + " is '" + text + "', which cannot be: " + e.getMessage(), e);
    }
  }

  private List<?> list(String name) {
    return fields.containsKey(name) ? value(name, List.class, "a list") : List.of();
  }

  private JsonObject objectIn(String name, Map<?, ?> map) {
    var copy = new LinkedHashMap<String, Object>();
    map.forEach((key, value) -> copy.put(key.toString(), value));
    return new JsonObject(what + "." + name, copy);
  }

  private <T> T value(String name, Class<T> type, String expected) {
    var value = fields.get(name);
    if (!type.isInstance(value)) {
      throw refusal(name, expected, value == null ? "missing" : value);
    }
    return type.cast(value);
  }

  private BellwetherException refusal(String name, String expected, Object actual) {
    var text = actual.toString();
    return new BellwetherException(
        what
            + ": expected "
            + expected
            + " in '"
            + name
            + "', which is "
            + (text.length() > 80 ? text.substring(0, 80) + "…" : text));
  }

  private static Map<String, Object> object(JsonParser in) throws IOException {
    var object = new LinkedHashMap<String, Object>();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      var name = in.currentName();
      var token = in.nextToken();
      if (token != JsonToken.VALUE_NULL) {
        object.put(name, value(in, token));
      }
    }
    return object;
  }

  private static Object value(JsonParser in, JsonToken token) throws IOException {
    return switch (token) {
      case START_OBJECT -> object(in);
      case START_ARRAY -> array(in);
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new BigDecimal(in.getText());
      case VALUE_TRUE, VALUE_FALSE -> in.getBooleanValue();
      case VALUE_STRING,
          VALUE_NULL,
          VALUE_EMBEDDED_OBJECT,
          FIELD_NAME,
          END_ARRAY,
          END_OBJECT,
          NOT_AVAILABLE ->
          in.getText();
    };
  }

  private static List<Object> array(JsonParser in) throws IOException {
    var array = new ArrayList<>();
    for (var next = in.nextToken(); next != JsonToken.END_ARRAY; next = in.nextToken()) {
      array.add(value(in, next));
    }
    return array;
  }
}
