package io.bellwether.spring;

import io.bellwether.Ratio;
import java.math.BigDecimal;
import org.springframework.core.convert.converter.Converter;

/** Reads {@code 5%} and {@code 0.05}. */
final class RatioConverter implements Converter<String, Ratio> {
  @Override
  public Ratio convert(String text) {
    var number = text.strip();
    try {
      return number.endsWith("%")
          ? Ratio.of(
              new BigDecimal(number.substring(0, number.length() - 1).strip()).movePointLeft(2))
          : Ratio.of(new BigDecimal(number));
    } catch (NumberFormatException unreadable) {
      throw new IllegalArgumentException(
          "'" + text + "' is no ratio: expected a percentage such as 5% or a share such as 0.05");
    }
  }
}
