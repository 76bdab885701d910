package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Values that are a JSON object: their fields, written in this order and read by name. */
final class ObjectCodec<T> implements Codec<T> {
  private final Writer<T> writer;
  private final Function<Fields, T> reader;

  /** Writes the fields of a value. */
  @FunctionalInterface
  interface Writer<T> {
    void write(T value, Out out) throws IOException;
  }

  private ObjectCodec(Writer<T> writer, Function<Fields, T> reader) {
    this.writer = writer;
    this.reader = reader;
  }

  static <T> ObjectCodec<T> of(Writer<T> writer, Function<Fields, T> reader) {
    return new ObjectCodec<>(writer, reader);
  }

  @Override
  public void write(T value, JsonGenerator out) throws IOException {
    out.writeStartObject();
    writeFields(value, out);
    out.writeEndObject();
  }

  void writeFields(T value, JsonGenerator out) throws IOException {
    writer.write(value, new Out(out));
  }

  @Override
  public T read(Json json) {
    return readFields(json, json.fields());
  }

  T readFields(Json json, Fields fields) {
    var value = json.reading(() -> reader.apply(fields));
    fields.refuseMore();
    return value;
  }

  /** The fields of a JSON object being written. */
  record Out(JsonGenerator json) {
    <V> Out put(String name, Codec<V> codec, V value) throws IOException {
      json.writeFieldName(name);
      codec.write(value, json);
      return this;
    }

    /** Leaves the field out where there is no value. */
    <V> Out put(String name, Codec<V> codec, Optional<V> value) throws IOException {
      return value.isPresent() ? put(name, codec, value.get()) : this;
    }

    /** Leaves an empty list out. */
    <V> Out list(String name, Codec<V> codec, List<V> values) throws IOException {
      return values.isEmpty() ? this : put(name, codec.list(), values);
    }
  }
}
