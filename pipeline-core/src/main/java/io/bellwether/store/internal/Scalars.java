package io.bellwether.store.internal;

import com.fasterxml.jackson.core.JsonGenerator;
import io.bellwether.release.Version;
import io.bellwether.routing.Weight;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Values that are one JSON value. */
final class Scalars {
  static final Codec<String> TEXT = of(JsonGenerator::writeString, Json::text);
  static final Codec<Boolean> FLAG = of(JsonGenerator::writeBoolean, Json::flag);
  static final Codec<Long> LONG =
      of(JsonGenerator::writeNumber, json -> Long.parseLong(json.number()));
  static final Codec<Integer> INT = LONG.as(Integer::longValue, Math::toIntExact);

  /** What is no number (NaN, the infinities) is written as a text, as Jackson does by itself. */
  static final Codec<Double> DOUBLE =
      of(JsonGenerator::writeNumber, json -> Double.parseDouble(json.numberOrText()));

  static final Codec<Instant> INSTANT = TEXT.as(Instant::toString, Instant::parse);
  static final Codec<Duration> DURATION = TEXT.as(Duration::toString, Duration::parse);
  static final Codec<Version> VERSION = TEXT.as(Version::id, Version::new);
  static final Codec<Weight> WEIGHT = DOUBLE.as(Weight::percent, Weight::new);

  private Scalars() {}

  /** Enum constants, by name. */
  static <E extends Enum<E>> Codec<E> constant(Class<E> type) {
    return TEXT.as(Enum::name, name -> Enum.valueOf(type, name));
  }

  @FunctionalInterface
  private interface Writer<T> {
    void write(JsonGenerator out, T value) throws IOException;
  }

  private static <T> Codec<T> of(Writer<T> writer, Function<Json, T> reader) {
    return new Codec<>() {
      @Override
      public void write(T value, JsonGenerator out) throws IOException {
        writer.write(out, value);
      }

      @Override
      public T read(Json json) {
        return json.reading(() -> reader.apply(json));
      }
    };
  }
}
