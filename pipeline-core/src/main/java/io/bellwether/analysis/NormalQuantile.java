package io.bellwether.analysis;

/**
 * The quantile of the standard normal distribution.
 *
 * <p>Algorithm AS 241, routine PPND16: M. J. Wichura, "The Percentage Points of the Normal
 * Distribution", Applied Statistics 37 (1988), pages 477-484; relative accuracy about 1e-16. The
 * coefficients stand as the doubles nearest to the published ones.
 */
final class NormalQuantile {
  private static final double[] CENTRE_ABOVE = {
    2509.0809287301227,
    33430.57558358813,
    67265.7709270087,
    45921.95393154987,
    13731.69376550946,
    1971.5909503065513,
    133.14166789178438,
    3.3871328727963665
  };
  private static final double[] CENTRE_BELOW = {
    5226.495278852854,
    28729.085735721943,
    39307.89580009271,
    21213.794301586597,
    5394.196021424751,
    687.1870074920579,
    42.31333070160091,
    1.0
  };
  private static final double[] SHOULDER_ABOVE = {
    0.0007745450142783414,
    0.022723844989269184,
    0.2417807251774506,
    1.2704582524523684,
    3.6478483247632045,
    5.769497221460691,
    4.630337846156546,
    1.4234371107496835
  };
  private static final double[] SHOULDER_BELOW = {
    1.0507500716444169e-9,
    0.0005475938084995345,
    0.015198666563616457,
    0.14810397642748008,
    0.6897673349851,
    1.6763848301838038,
    2.053191626637759,
    1.0
  };
  private static final double[] TAIL_ABOVE = {
    2.0103343992922881e-7,
    2.7115555687434876e-5,
    0.0012426609473880784,
    0.026532189526576124,
    0.29656057182850487,
    1.7848265399172913,
    5.463784911164114,
    6.657904643501103
  };
  private static final double[] TAIL_BELOW = {
    2.0442631033899397e-15,
    1.421511758316446e-7,
    1.8463183175100548e-5,
    0.0007868691311456133,
    0.014875361290850615,
    0.1369298809227358,
    0.599832206555888,
    1.0
  };

  private NormalQuantile() {}

  /**
   * The value below which a standard normal variable lies with this probability.
   *
   * @param probability above 0 and below 1
   * @throws IllegalArgumentException if the probability is not
   */
  static double of(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "probability " + probability + ": expected above 0 and below 1");
    }
    var offset = probability - 0.5;
    if (Math.abs(offset) <= 0.425) {
      var inner = 0.180625 - offset * offset;
      return offset * quotient(CENTRE_ABOVE, CENTRE_BELOW, inner);
    }
    var outside = offset < 0 ? probability : 1 - probability;
    return Math.copySign(beyond(Math.sqrt(-Math.log(outside))), offset);
  }

  private static double beyond(double depth) {
    return depth <= 5
        ? quotient(SHOULDER_ABOVE, SHOULDER_BELOW, depth - 1.6)
        : quotient(TAIL_ABOVE, TAIL_BELOW, depth - 5);
  }

  private static double quotient(double[] above, double[] below, double at) {
    return polynomial(above, at) / polynomial(below, at);
  }

  private static double polynomial(double[] highestFirst, double at) {
    var sum = 0.0;
    for (var coefficient : highestFirst) {
      sum = sum * at + coefficient;
    }
    return sum;
  }
}
