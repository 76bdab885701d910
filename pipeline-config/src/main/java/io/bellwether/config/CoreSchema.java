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
  static final int MAX_DIGITS = 1000;

  /** What is nearer to zero or further from it than 10 to this power is no setting either. */
  static final int MAX_EXPONENT = 400;

  /** Says what {@link #isFinite} refuses. */
  static final String NO_NUMBER =
      "a number that is not finite or has over "
          + MAX_DIGITS
          + " digits or an exponent beyond "
          + MAX_EXPONENT;

  private static final Pattern EXPONENT = Pattern.compile("[-+]?0*[0-9]{1,3}");

  private static final Pattern RADIX = Pattern.compile("0o[0-7]+|0x[0-9a-fA-F]+");
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
    if (plain.startsWith("0x") || plain.startsWith("0o")) {
      return isRadix(plain) ? ScalarType.INTEGER : ScalarType.TEXT;
    }
    if (isNonFinite(plain)) {
      return ScalarType.DECIMAL;
    }
    var signed = plain.charAt(0) == '-' || plain.charAt(0) == '+';
    var whole = digits(plain, signed ? 1 : 0);
    var before = whole - (signed ? 1 : 0);
    if (whole == plain.length()) {
      return before > 0 ? ScalarType.INTEGER : ScalarType.TEXT;
    }
    var end = whole;
    if (plain.charAt(end) == '.') {
      end = digits(plain, whole + 1);
      before += end - whole - 1;
    }
    return before > 0 && isExponent(plain, end) ? ScalarType.DECIMAL : ScalarType.TEXT;
  }

  /** Where the digits from here on end. */
  private static int digits(String text, int from) {
    var end = from;
    while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
      end++;
    }
    return end;
  }

  private static boolean isExponent(String text, int from) {
    if (from == text.length()) {
      return true;
    }
    if (text.charAt(from) != 'e' && text.charAt(from) != 'E') {
      return false;
    }
    var sign = from + 1 < text.length() && "+-".indexOf(text.charAt(from + 1)) >= 0;
    var first = from + (sign ? 2 : 1);
    return first < text.length() && digits(text, first) == text.length();
  }

  private static boolean isRadix(String text) {
    return RADIX.matcher(text).matches();
  }

  private static boolean isNonFinite(String plain) {
    return plain.length() >= 4
        && plain.length() <= 5
        && plain.charAt(plain.length() - 4) == '.'
        && NON_FINITE.matcher(plain).matches();
  }

  /** Whether this number of the schema is one that can be calculated with. */
  static boolean isFinite(String number) {
    return !isNonFinite(number)
        && number.length() <= MAX_DIGITS
        && (number.length() < 300 && number.indexOf('e') < 0 && number.indexOf('E') < 0
            || number.startsWith("0x")
            || number.startsWith("0o")
            || hasBoundedExponent(number) && !Double.isInfinite(Double.parseDouble(number)));
  }

  private static boolean hasBoundedExponent(String number) {
    var at = Math.max(number.indexOf('e'), number.indexOf('E')) + 1;
    if (at == 0) {
      return true;
    }
    var exponent = number.substring(at);
    return EXPONENT.matcher(exponent).matches()
        && Math.abs(Integer.parseInt(exponent)) <= MAX_EXPONENT;
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
    var type = text.isEmpty() ? ScalarType.TEXT : numeric(text);
    if (type == ScalarType.TEXT || !isFinite(text)) {
      return Optional.empty();
    }
    return Optional.of(type == ScalarType.INTEGER ? new BigDecimal(integer(text)) : decimal(text));
  }
}
