package io.bellwether.config;

import io.bellwether.config.Scalar.ScalarType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What an unquoted value is: the core schema of YAML 1.2.2, section 10.3.2. {@code NO} and {@code
 * on} are texts, {@code 010} is ten.
 */
final class CoreSchema {
  /** More digits are no setting, and would take quadratic time to read. */
  private static final int MAX_DIGITS = 1000;

  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
  private static final Pattern NON_FINITE =
      Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  private CoreSchema() {}

  static ScalarType typeOf(String plain) {
    if (plain.isEmpty()) {
      return ScalarType.NULL;
    }
    var first = plain.charAt(0);
    if (first >= '0' && first <= '9' || first == '-' || first == '+' || first == '.') {
      return numeric(plain);
    }
    return switch (plain) {
      case "~", "null", "Null", "NULL" -> ScalarType.NULL;
      case "true", "True", "TRUE", "false", "False", "FALSE" -> ScalarType.BOOLEAN;
      default -> ScalarType.TEXT;
    };
  }

  private static ScalarType numeric(String plain) {
    if (INTEGER.matcher(plain).matches()) {
      return ScalarType.INTEGER;
    }
    return DECIMAL.matcher(plain).matches() || isNonFinite(plain)
        ? ScalarType.DECIMAL
        : ScalarType.TEXT;
  }

  private static boolean isNonFinite(String plain) {
    return plain.length() <= 5 && NON_FINITE.matcher(plain).matches();
  }

  /** Whether this number of the schema is one that can be calculated with. */
  static boolean isFinite(String number) {
    return !isNonFinite(number)
        && number.length() <= MAX_DIGITS
        && (number.startsWith("0x") || !Double.isInfinite(magnitude(number)));
  }

  private static double magnitude(String number) {
    return number.startsWith("0o") ? 0 : Double.parseDouble(number);
  }

  static BigInteger integer(String text) {
    if (text.startsWith("0o")) {
      return new BigInteger(text.substring(2), 8);
    }
    return text.startsWith("0x")
        ? new BigInteger(text.substring(2), 16)
        : new BigInteger(text.startsWith("+") ? text.substring(1) : text);
  }

  static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  /** The exact number a text says, in any of the schema's forms, or empty. */
  static Optional<BigDecimal> number(String text) {
    var type = numeric(text);
    if (type == ScalarType.TEXT || !isFinite(text)) {
      return Optional.empty();
    }
    return Optional.of(type == ScalarType.INTEGER ? new BigDecimal(integer(text)) : decimal(text));
  }
}
