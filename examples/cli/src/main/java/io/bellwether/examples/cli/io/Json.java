package io.bellwether.examples.cli.io;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A JSON object that is put together field by field. Not thread-safe. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A document that is JSON already. */
  private record Ready(String text) {}

  private final Map<String, Object> fields = new LinkedHashMap<>();

  private Json() {}

  /** An object without fields. */
  public static Json object() {
    return new Json();
  }

  /**
   * Adds a field; an empty optional adds none.
   *
   * @param value a text, number, truth value, object, list of them; anything else as its text
   */
  public Json put(String name, Object value) {
    var given = value instanceof Optional<?> maybe ? maybe.orElse(null) : value;
    if (given != null) {
      fields.put(name, given);
    }
    return this;
  }

  /** Adds a document that was written already. */
  public Json ready(String name, String json) {
    return put(name, new Ready(json));
  }

  /** On one line. */
  @Override
  public String toString() {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      write(out, this);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Json object) {
      out.writeStartObject();
      for (var field : object.fields.entrySet()) {
        out.writeFieldName(field.getKey());
        write(out, field.getValue());
      }
      out.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      out.writeStartArray();
      for (var element : list) {
        write(out, element);
      }
      out.writeEndArray();
    } else if (value instanceof Ready ready) {
      out.writeRawValue(ready.text());
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      out.writeNull(); // JSON has no word for it
    } else if (value instanceof Number number) {
      out.writeNumber(new BigDecimal(number.toString()).toPlainString());
    } else {
      out.writeString(value.toString());
    }
  }
}
