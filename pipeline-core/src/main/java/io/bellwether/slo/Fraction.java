package io.bellwether.slo;

import io.bellwether.Ratio;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;

/**
 * An exact number: what is left of a budget is compared with zero, and no rounding may decide that.
 *
 * <p>Always in lowest terms with a positive denominator, so that equal numbers are equal objects.
 * Immutable and thread-safe.
 */
public final class Fraction implements Comparable<Fraction> {
  /** Nothing. */
  public static final Fraction ZERO = new Fraction(BigInteger.ZERO, BigInteger.ONE);

  /** The whole. */
  public static final Fraction ONE = new Fraction(BigInteger.ONE, BigInteger.ONE);

  private static final int MOST_DIGITS = 1_000;
  private static final int MOST_DECIMALS = 12;

  /** A nanosecond of a century, in percent, has sixteen. */
  private static final int DECIMALS_TO_TELL_APART = 20;

  private final BigInteger numerator;
  private final BigInteger denominator;

  private Fraction(BigInteger numerator, BigInteger denominator) {
    this.numerator = numerator;
    this.denominator = denominator;
  }

  /** A whole number. */
  public static Fraction of(long number) {
    return new Fraction(BigInteger.valueOf(number), BigInteger.ONE);
  }

  /**
   * A quotient.
   *
   * @throws ArithmeticException if the denominator is zero
   */
  public static Fraction of(long numerator, long denominator) {
    return reduced(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * A decimal number, exactly.
   *
   * @throws IllegalArgumentException if it has more than a thousand digits before or after the
   *     point
   */
  public static Fraction of(BigDecimal number) {
    if (number.scale() > MOST_DIGITS || (long) number.precision() - number.scale() > MOST_DIGITS) {
      throw new IllegalArgumentException(
          "number with "
              + number.precision()
              + " digits and exponent "
              + -(long) number.scale()
              + ": at most "
              + MOST_DIGITS
              + " digits before and after the point");
    }
    return number.scale() <= 0
        ? new Fraction(number.toBigIntegerExact(), BigInteger.ONE)
        : reduced(number.unscaledValue(), BigInteger.TEN.pow(number.scale()));
  }

  /** A share as it was written, exactly. */
  public static Fraction of(Ratio ratio) {
    return of(ratio.exact());
  }

  private static Fraction reduced(BigInteger numerator, BigInteger denominator) {
    if (denominator.signum() == 0) {
      throw new ArithmeticException(numerator + " divided by zero");
    }
    var divisor = numerator.gcd(denominator);
    var scale = denominator.signum() < 0 ? divisor.negate() : divisor;
    return new Fraction(numerator.divide(scale), denominator.divide(scale));
  }

  /** The sum. */
  public Fraction plus(Fraction more) {
    return reduced(
        numerator.multiply(more.denominator).add(more.numerator.multiply(denominator)),
        denominator.multiply(more.denominator));
  }

  /**
   * The sum of many: halves of the list first, and in lowest terms only at the end, since numbers
   * grow with every other denominator.
   */
  static Fraction sum(List<Fraction> all) {
    var sum = unreduced(all);
    return reduced(sum.numerator, sum.denominator);
  }

  private static Fraction unreduced(List<Fraction> all) {
    if (all.size() < 2) {
      return all.isEmpty() ? ZERO : all.get(0);
    }
    var one = unreduced(all.subList(0, all.size() / 2));
    var other = unreduced(all.subList(all.size() / 2, all.size()));
    return new Fraction(
        one.numerator.multiply(other.denominator).add(other.numerator.multiply(one.denominator)),
        one.denominator.multiply(other.denominator));
  }

  /** The difference. */
  public Fraction minus(Fraction less) {
    return plus(less.negated());
  }

  /** The product. */
  public Fraction times(Fraction factor) {
    return reduced(numerator.multiply(factor.numerator), denominator.multiply(factor.denominator));
  }

  /** The product with a whole number. */
  public Fraction times(long factor) {
    return times(of(factor));
  }

  /**
   * The quotient.
   *
   * @throws ArithmeticException if the divisor is zero
   */
  public Fraction dividedBy(Fraction divisor) {
    return reduced(
        numerator.multiply(divisor.denominator), denominator.multiply(divisor.numerator));
  }

  /** The same with the other sign. */
  public Fraction negated() {
    return new Fraction(numerator.negate(), denominator);
  }

  /** What is left of the whole. */
  public Fraction complement() {
    return ONE.minus(this);
  }

  /** -1, 0 or 1. */
  public int signum() {
    return numerator.signum();
  }

  /** Whether this is less than the other. */
  public boolean isBelow(Fraction other) {
    return compareTo(other) < 0;
  }

  /** Whether this is more than the other. */
  public boolean isAbove(Fraction other) {
    return compareTo(other) > 0;
  }

  /** The nearest double; for drawing, never for deciding. */
  public double value() {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), MathContext.DECIMAL64)
        .doubleValue();
  }

  /** Rounded half up to so many decimals. */
  public BigDecimal decimal(int decimals) {
    return new BigDecimal(numerator)
        .divide(new BigDecimal(denominator), decimals, RoundingMode.HALF_UP);
  }

  /** The whole number at or below. */
  public BigInteger floor() {
    var parts = numerator.divideAndRemainder(denominator);
    return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
  }

  /** The number itself, if it is a whole one that a long holds. */
  OptionalLong wholeLong() {
    return denominator.equals(BigInteger.ONE) && numerator.bitLength() < Long.SIZE
        ? OptionalLong.of(numerator.longValue())
        : OptionalLong.empty();
  }

  /** The nearest whole number, halves away from zero. */
  public long rounded() {
    return decimal(0).longValueExact();
  }

  /** As a percentage for people, for example {@code 30.56%}; see {@link #text}. */
  public String percent() {
    return times(100).text() + "%";
  }

  /**
   * For people: two decimals, and more where two would make a round number of what is none, so that
   * 74.998 never reads as 75.
   */
  public String text() {
    var decimals = 2;
    var rounded = decimal(decimals).stripTrailingZeros();
    while (rounded.scale() <= 0 && decimals < MOST_DECIMALS && !equals(of(rounded))) {
      rounded = decimal(++decimals).stripTrailingZeros();
    }
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /**
   * For people who compare it with another number: as {@link #text}, with as many more decimals as
   * it takes to stand on its own side of that number.
   */
  String textBeside(Fraction other) {
    var side = compareTo(other);
    for (var decimals = 2; decimals <= DECIMALS_TO_TELL_APART; decimals++) {
      var rounded = decimal(decimals);
      if (of(rounded).compareTo(other) == side) {
        return decimals == 2 ? text() : rounded.stripTrailingZeros().toPlainString();
      }
    }
    return text();
  }

  /** As {@link #percent}, beside another share; see {@link #textBeside}. */
  String percentBeside(Fraction other) {
    return times(100).textBeside(other.times(100)) + "%";
  }

  @Override
  public int compareTo(Fraction other) {
    return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fraction fraction
        && numerator.equals(fraction.numerator)
        && denominator.equals(fraction.denominator);
  }

  @Override
  public int hashCode() {
    return 31 * numerator.hashCode() + denominator.hashCode();
  }

  /** For example {@code 275/9}. */
  @Override
  public String toString() {
    return denominator.equals(BigInteger.ONE)
        ? numerator.toString()
        : numerator + "/" + denominator;
  }
}
