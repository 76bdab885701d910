package io.bellwether.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Maps, lists, texts, numbers and booleans as JSON, in the order they are given. */
public final class JsonWriting {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonWriting() {}

  /** The document on one line; whatever is no JSON value is written as its text. */
  public static String line(Map<String, ?> object) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      write(out, object);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      writeObject(out, map);
    } else if (value instanceof Collection<?> list) {
      out.writeStartArray();
      for (var element : list) {
        write(out, element);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Number number) {
      out.writeNumber(new BigDecimal(number.toString()).toPlainString());
    } else {
      out.writeString(value.toString());
    }
  }

  /** An empty optional leaves its field out. */
  private static void writeObject(JsonGenerator out, Map<?, ?> map) throws IOException {
    out.writeStartObject();
    for (var field : map.entrySet()) {
      var value =
          field.getValue() instanceof Optional<?> maybe ? maybe.orElse(null) : field.getValue();
      if (value != null) {
        out.writeFieldName(field.getKey().toString());
        write(out, value);
      }
    }
    out.writeEndObject();
  }
}
