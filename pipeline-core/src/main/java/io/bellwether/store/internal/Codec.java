package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;

/** How values of one type are written as JSON and read from it. */
interface Codec<T> {
  void write(T value, JsonGenerator out) throws IOException;

  /** The value; {@link Json#refuse refuses} what it cannot be. */
  T read(Json json);

  /** Values that are written as another type's. */
  default <U> Codec<U> as(Function<U, T> to, Function<T, U> from) {
    var inner = this;
    return new Codec<>() {
      @Override
      public void write(U value, JsonGenerator out) throws IOException {
        inner.write(to.apply(value), out);
      }

      @Override
      public U read(Json json) {
        return json.reading(() -> from.apply(inner.read(json)));
      }
    };
  }

  /** Lists of these values. */
  default Codec<List<T>> list() {
    var element = this;
    return new Codec<>() {
      @Override
      public void write(List<T> values, JsonGenerator out) throws IOException {
        out.writeStartArray();
        for (var value : values) {
          element.write(value, out);
        }
        out.writeEndArray();
      }

      @Override
      public List<T> read(Json json) {
        return json.elements().stream().map(element::read).toList();
      }
    };
  }
}
