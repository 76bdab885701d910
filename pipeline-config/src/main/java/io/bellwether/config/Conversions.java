package io.bellwether.config;

import io.bellwether.Ratio;
import io.bellwether.config.Scalar.ScalarType;
import io.bellwether.time.Durations;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a single value into a type. What fails says what was expected and never what was there. */
final class Conversions {
  /**
   * How to make a type.
   *
   * @param expected in words
   * @param make throws when the value is not that; its words are never shown
   */
  record Conversion(String expected, Function<Scalar, Object> make) {}

  private static final Map<Class<?>, Conversion> KNOWN = new HashMap<>();

  static {
    add(String.class, "a text", Scalar::text);
    add(Boolean.class, "true or false", Conversions::flag);
    add(boolean.class, "true or false", Conversions::flag);
    whole(int.class, Integer.class, "a whole number of 32 bits", BigDecimal::intValueExact);
    whole(long.class, Long.class, "a whole number of 64 bits", BigDecimal::longValueExact);
    whole(short.class, Short.class, "a whole number of 16 bits", BigDecimal::shortValueExact);
    whole(byte.class, Byte.class, "a whole number of 8 bits", BigDecimal::byteValueExact);
    add(double.class, "a number", scalar -> number(scalar).doubleValue());
    add(Double.class, "a number", scalar -> number(scalar).doubleValue());
    add(float.class, "a number", scalar -> finite(number(scalar).floatValue()));
    add(Float.class, "a number", scalar -> finite(number(scalar).floatValue()));
    add(BigDecimal.class, "a number", Conversions::number);
    add(BigInteger.class, "a whole number", scalar -> number(scalar).toBigIntegerExact());
    add(Ratio.class, "a share such as 5% or 0.05", scalar -> ratio(scalar.text()));
    add(
        Duration.class,
        "a duration such as 5m, 1h30m, 2000ms or PT5M",
        scalar -> Durations.parse(bounded(scalar.text())));
    add(
        DataSize.class,
        "a size such as 512KB, 10MB or 1.5GiB",
        scalar -> DataSize.parse(bounded(scalar.text())));
    add(URI.class, "a URI", scalar -> URI.create(scalar.text()));
    add(Path.class, "a path", scalar -> Path.of(scalar.text()));
    add(Instant.class, "an instant such as 2026-01-31T12:00:00Z", s -> Instant.parse(s.text()));
  }

  private static final int SHORT_DIGITS = 18;

  private Conversions() {}

  private static <T> void add(Class<T> type, String expected, Function<Scalar, Object> make) {
    KNOWN.put(type, new Conversion(expected, make));
  }

  private static <T> void whole(
      Class<T> primitive, Class<T> boxed, String expected, Function<BigDecimal, Object> exact) {
    add(primitive, expected, scalar -> exact.apply(number(scalar)));
    add(boxed, expected, scalar -> exact.apply(number(scalar)));
  }

  /** How to make this type; null if it is none of those made of a single value. */
  static @Nullable Conversion of(Class<?> type) {
    return type.isEnum() ? toEnum(type) : KNOWN.get(type);
  }

  private static Conversion toEnum(Class<?> type) {
    var constants = type.getEnumConstants();
    var names =
        Arrays.stream(constants)
            .map(constant -> simple(((Enum<?>) constant).name()))
            .collect(Collectors.joining(", "));
    return new Conversion("one of " + names, scalar -> constant(constants, simple(scalar.text())));
  }

  private static Object constant(Object[] constants, String name) {
    return Arrays.stream(constants)
        .filter(constant -> simple(((Enum<?>) constant).name()).equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such constant"));
  }

  private static String simple(String name) {
    return name.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  private static Object flag(Scalar scalar) {
    return switch (scalar.text().toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("no flag");
    };
  }

  private static BigDecimal number(Scalar scalar) {
    if (scalar.type() == ScalarType.INTEGER && scalar.text().length() <= SHORT_DIGITS) {
      return new BigDecimal(CoreSchema.integer(scalar.text()));
    }
    if (scalar.type() == ScalarType.BOOLEAN) {
      throw new IllegalArgumentException("no number");
    }
    return CoreSchema.number(scalar.text())
        .orElseThrow(() -> new IllegalArgumentException("no number"));
  }

  private static float finite(float value) {
    if (Float.isInfinite(value)) {
      throw new IllegalArgumentException("too large");
    }
    return value;
  }

  private static Ratio ratio(String text) {
    var stripped = text.strip();
    if (stripped.endsWith("%")) {
      var percent = exact(stripped.substring(0, stripped.length() - 1).strip());
      return Ratio.of(percent.movePointLeft(2));
    }
    return Ratio.of(exact(stripped));
  }

  private static BigDecimal exact(String number) {
    if (!CoreSchema.isFinite(number)) {
      throw new IllegalArgumentException("no number that can be calculated with");
    }
    return new BigDecimal(number);
  }

  /** Longer texts are no setting, and would take quadratic time to read. */
  private static String bounded(String text) {
    if (text.length() > CoreSchema.MAX_DIGITS) {
      throw new IllegalArgumentException("too long");
    }
    return text;
  }
}
