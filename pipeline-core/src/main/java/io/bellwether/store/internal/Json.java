package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.bellwether.BellwetherException;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A JSON value that was read, and where it stood.
 *
 * @param path for people, such as {@code events[2].run.stable}
 * @param value a text, a boolean, a number as it was written, a list or a map of such values
 */
record Json(String path, Object value) {
  /** A number as it was written, so that none is rounded on the way. */
  private record Literal(String digits) {}

  /** The value the parser stands before. */
  static Json parse(JsonParser parser) throws IOException {
    var first = parser.nextToken();
    if (first == null) {
      throw new BellwetherException("a journal's document is empty");
    }
    return new Json("", value(parser, first));
  }

  private static Object value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Literal(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
      case START_ARRAY -> list(parser);
      case START_OBJECT -> map(parser);
      case VALUE_NULL, VALUE_EMBEDDED_OBJECT, FIELD_NAME, END_ARRAY, END_OBJECT, NOT_AVAILABLE ->
          throw new BellwetherException("no journal holds " + token);
    };
  }

  private static List<Object> list(JsonParser parser) throws IOException {
    var list = new ArrayList<>();
    for (var next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
      list.add(value(parser, next));
    }
    return list;
  }

  private static Map<String, Object> map(JsonParser parser) throws IOException {
    var map = new LinkedHashMap<String, Object>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      map.put(parser.currentName(), value(parser, parser.nextToken()));
    }
    return map;
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    throw refusal("expected a text");
  }

  boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw refusal("expected true or false");
  }

  String number() {
    if (value instanceof Literal literal) {
      return literal.digits();
    }
    throw refusal("expected a number");
  }

  String numberOrText() {
    return value instanceof String text ? text : number();
  }

  List<Json> elements() {
    if (!(value instanceof List<?> list)) {
      throw refusal("expected a list");
    }
    var elements = new ArrayList<Json>(list.size());
    list.forEach(element -> elements.add(new Json(path + "[" + elements.size() + "]", element)));
    return elements;
  }

  Fields fields() {
    if (!(value instanceof Map<?, ?> map)) {
      throw refusal("expected an object");
    }
    var fields = new LinkedHashMap<String, Json>();
    var prefix = path.isEmpty() ? "" : path + ".";
    map.forEach((name, field) -> fields.put("" + name, new Json(prefix + name, field)));
    return new Fields(this, fields);
  }

  /** Reads this value; whatever its type refuses is said with the place where it stood. */
  <T> T reading(Supplier<T> reader) {
    try {
      return reader.get();
    } catch (IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | DateTimeException e) {
      throw new BellwetherException(message(String.valueOf(e.getMessage())), e);
    }
  }

  /** Why this value cannot be read, with the place where it stood. */
  BellwetherException refusal(String why) {
    return new BellwetherException(message(why));
  }

  private String message(String why) {
    var text = value.toString();
    return "a journal's "
        + (path.isEmpty() ? "document" : path)
        + " cannot be "
        + (text.length() > 100 ? text.substring(0, 100) + "…" : text)
        + ": "
        + why
        + "; it was damaged, or written by a later version of the library";
  }
}
