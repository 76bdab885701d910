package io.bellwether.config;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An amount of data: {@code 512KB} is 512 000 bytes, {@code 512KiB} is 524 288.
 *
 * @param bytes zero or more
 */
public record DataSize(long bytes) implements Comparable<DataSize> {
  private static final Pattern TEXT =
      Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([A-Za-z]*)", Pattern.CASE_INSENSITIVE);
  private static final Map<String, Long> UNITS =
      Map.of(
          "b", 1L,
          "kb", 1_000L,
          "mb", 1_000_000L,
          "gb", 1_000_000_000L,
          "tb", 1_000_000_000_000L,
          "kib", 1L << 10,
          "mib", 1L << 20,
          "gib", 1L << 30,
          "tib", 1L << 40);

  /** Refuses less than nothing. */
  public DataSize {
    if (bytes < 0) {
      throw new IllegalArgumentException("a size of " + bytes + " bytes: expected 0 or more");
    }
  }

  /** A size in mebibytes of 1 048 576 bytes. */
  public static DataSize mebibytes(long mebibytes) {
    return new DataSize(Math.multiplyExact(mebibytes, 1L << 20));
  }

  /**
   * A size from its text, such as {@code 10MB}, {@code 1.5 GiB} or {@code 200B}; the unit has to be
   * there.
   *
   * @throws IllegalArgumentException if the text is no size, or no whole number of bytes
   */
  public static DataSize parse(String text) {
    var matcher = TEXT.matcher(text.strip());
    var unit = matcher.matches() ? UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(
          "expected a number with a unit, such as 512KB, 10MB or 1.5GiB");
    }
    try {
      var bytes = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit));
      return new DataSize(bytes.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("expected a whole number of bytes below 8 EiB", e);
    }
  }

  @Override
  public int compareTo(DataSize other) {
    return Long.compare(bytes, other.bytes);
  }

  /** In the largest unit that says it exactly, for example {@code 4MiB} or {@code 1500B}. */
  @Override
  public String toString() {
    return UNITS.entrySet().stream()
        .filter(unit -> bytes != 0 && bytes % unit.getValue() == 0)
        .max(Map.Entry.comparingByValue())
        .map(unit -> bytes / unit.getValue() + name(unit.getKey()))
        .orElse("0B");
  }

  private static String name(String unit) {
    return unit.toUpperCase(Locale.ROOT).replace('I', 'i');
  }
}
