package io.bellwether.examples.quickstart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON as a stream, without a tree and without binding. Thread-safe. */
public final class Json {
  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Something that writes JSON. */
  @FunctionalInterface
  public interface Writer {
    /** Writes one value. */
    void write(JsonGenerator out) throws IOException;
  }

  /** What is done with one field of an object; the parser stands on the field's value. */
  @FunctionalInterface
  public interface FieldReader {
    /** Reads the value, or leaves it: whatever is left is skipped. */
    void read(String field, JsonParser in) throws IOException;
  }

  /** What is done with one element of an array; the parser stands on it. */
  @FunctionalInterface
  public interface ElementReader {
    /** Reads the element, or leaves it: whatever is left is skipped. */
    void read() throws IOException;
  }

  /** One JSON object as bytes; the writer adds its fields. */
  public static byte[] object(Writer fields) {
    var bytes = new ByteArrayOutputStream(512);
    try (var out = FACTORY.createGenerator(bytes)) {
      out.writeStartObject();
      fields.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing JSON to memory", impossible);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a document that is one object.
   *
   * @throws IOException if it is not well-formed JSON or not an object
   */
  public static void readObject(byte[] json, FieldReader fields) throws IOException {
    try (var in = FACTORY.createParser(json)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("expected a JSON object");
      }
      readFields(in, fields);
    }
  }

  /** Reads the fields of the object the parser stands on; anything but an object has none. */
  public static void readFields(JsonParser in, FieldReader fields) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return;
    }
    while (in.nextToken() == JsonToken.FIELD_NAME) {
      var field = in.currentName();
      var value = in.nextToken();
      fields.read(field, in);
      if (in.currentToken() == value) {
        in.skipChildren();
      }
    }
  }

  /** Reads the elements of the array the parser stands on; anything but an array has none. */
  public static void readElements(JsonParser in, ElementReader element) throws IOException {
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return;
    }
    for (var at = in.nextToken(); at != JsonToken.END_ARRAY; at = in.nextToken()) {
      element.read();
      if (in.currentToken() == at) {
        in.skipChildren();
      }
    }
  }
}
