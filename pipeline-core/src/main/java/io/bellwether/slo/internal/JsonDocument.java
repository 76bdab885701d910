package io.bellwether.slo.internal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;

/** Writes one JSON object into a text. Not thread-safe. */
public final class JsonDocument {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private final JsonGenerator generator;

  private JsonDocument(JsonGenerator generator) {
    this.generator = generator;
  }

  /** The text of an object whose fields are written here. */
  public static String write(Consumer<JsonDocument> fields) {
    var text = new StringWriter();
    try (var generator = JSON.createGenerator(text)) {
      generator.writeStartObject();
      fields.accept(new JsonDocument(generator));
      generator.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** A field with a text. */
  public JsonDocument text(String name, String value) {
    return write(() -> generator.writeStringField(name, value));
  }

  /** A field with a number. */
  public JsonDocument number(String name, BigDecimal value) {
    return write(() -> generator.writeNumberField(name, value));
  }

  /** A field with true or false. */
  public JsonDocument flag(String name, boolean value) {
    return write(() -> generator.writeBooleanField(name, value));
  }

  /** A field without a value. */
  public JsonDocument none(String name) {
    return write(() -> generator.writeNullField(name));
  }

  /** A field with an object. */
  public JsonDocument object(String name, Consumer<JsonDocument> fields) {
    return write(
        () -> {
          generator.writeObjectFieldStart(name);
          fields.accept(this);
          generator.writeEndObject();
        });
  }

  /** A field with texts. */
  public JsonDocument texts(String name, List<String> values) {
    return write(
        () -> {
          generator.writeArrayFieldStart(name);
          for (var value : values) {
            generator.writeString(value);
          }
          generator.writeEndArray();
        });
  }

  /** A field with objects, one for each value. */
  public <T> JsonDocument objects(String name, List<T> values, Consumer<T> fields) {
    return write(
        () -> {
          generator.writeArrayFieldStart(name);
          for (var value : values) {
            generator.writeStartObject();
            fields.accept(value);
            generator.writeEndObject();
          }
          generator.writeEndArray();
        });
  }

  private JsonDocument write(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Something to write. */
  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
