package io.bellwether.dashboard;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Maps, lists, texts, numbers and truth values as JSON; an empty optional leaves its field out. */
final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  static String text(Object document) {
    var text = new StringWriter();
    try (var out = FACTORY.createGenerator(text)) {
      write(out, document);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    if (value instanceof Map<?, ?> map) {
      out.writeStartObject();
      for (var field : map.entrySet()) {
        var given =
            field.getValue() instanceof Optional<?> maybe ? maybe : Optional.of(field.getValue());
        if (given.isPresent()) {
          out.writeFieldName(field.getKey().toString());
          write(out, given.get());
        }
      }
      out.writeEndObject();
    } else if (value instanceof Collection<?> list) {
      out.writeStartArray();
      for (var element : list) {
        write(out, element);
      }
      out.writeEndArray();
    } else if (value instanceof Boolean flag) {
      out.writeBoolean(flag);
    } else if (value instanceof Number number) {
      out.writeNumber(number.toString());
    } else {
      out.writeString(value.toString());
    }
  }
}
