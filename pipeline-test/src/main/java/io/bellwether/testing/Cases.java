package io.bellwether.testing;

import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Checks a law over many random cases that are the same on every machine.
 *
 * <p>Each case is drawn from its own number. A failure names it: with {@code
 * -Dbellwether.cases.number=<number>} that very case comes first in the next run. A long run draws
 * more cases with {@code -Dbellwether.cases.factor=100}.
 */
public final class Cases {
  /** System property: the number of the first case, in place of the fixed one. */
  public static final String NUMBER = "bellwether.cases.number";

  /** System property: multiplies the count of every law; at least 1. */
  public static final String FACTOR = "bellwether.cases.factor";

  /** What has to hold in one case. */
  @FunctionalInterface
  public interface Law {
    /**
     * Draws a case and checks it.
     *
     * @throws Exception or any error, if the law does not hold
     */
    void check(Gen gen) throws Exception;
  }

  private static final long DEFAULT_NUMBER = 20_260_101;

  private Cases() {}

  /**
   * Checks a law, one case after the other, up to the first that breaks it.
   *
   * @param law a sentence for the failure's message; it also selects the cases
   * @param count how many cases; positive
   * @throws AssertionError if a case breaks the law, with the case's number and the original
   *     failure as its cause
   */
  public static void forAll(String law, int count, Law check) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "forAll(\"" + law + "\", " + count + "): no case to check");
    }
    var factor = property(FACTOR, 1);
    if (factor < 1) {
      throw new IllegalArgumentException("-D" + FACTOR + "=" + factor + ": expected at least 1");
    }
    var total = Math.multiplyExact(factor, count);
    var number = property(NUMBER, new SplittableRandom(DEFAULT_NUMBER + law.hashCode()).nextLong());
    var numbers = new SplittableRandom(number);
    for (long nth = 1; nth <= total; nth++) {
      check(law, "case " + nth + " of " + total, number, check);
      number = numbers.nextLong();
    }
  }

  /**
   * Checks a law in the one case with this number, for example one that broke it before.
   *
   * @throws AssertionError if the case breaks the law
   */
  public static void only(String law, long number, Law check) {
    check(law, "the case", number, check);
  }

  private static void check(String law, String which, long number, Law check) {
    try {
      check.check(new Gen(number));
    } catch (Throwable failure) { // errors count: a StackOverflowError breaks a law, too
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "'%s' does not hold in %s: %s\nThis case comes first with -D%s=%d",
              law,
              which,
              failure,
              NUMBER,
              number),
          failure);
    }
  }

  private static long property(String name, long otherwise) {
    var text = System.getProperty(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException noNumber) {
      throw new IllegalArgumentException(
          "-D" + name + "=" + text + ": expected a whole number", noNumber);
    }
  }
}
