package io.bellwether.routing;

/**
 * The sticky choice of users: where a user key stands, once and for all, among the users of one
 * release.
 *
 * <p>A key's bucket is a number from 0 to 2<sup>32</sup>-1 that depends on the release's name and
 * the key alone. A key is within a weight when its bucket is below the weight's threshold, so that
 * a growing weight only adds users, and going back to a weight brings the same users back. Two
 * releases choose independently of each other, however alike their names are.
 *
 * <p>The function is fixed bit for bit and will not change: no JVM, locale, character set or
 * restart makes a difference, and other services may reproduce it ({@code docs/routing-hash.md} has
 * test vectors). With 64-bit arithmetic that wraps around, and {@code key[i]} for the i-th UTF-16
 * code unit of a key of {@code n} units:
 *
 * <pre>{@code
 * fold(x, y)      = low64(x * y) ^ high64(x * y)        x, y and their 128-bit product are signed
 * word(key, i)    = key[i] | key[i+1] << 16 | key[i+2] << 32 | key[i+3] << 48
 *
 * bits(key, salt):
 *   h = salt
 *   if n >= 8:      for i = 0, 8, 16, ... while i < n - 8:
 *                     h = fold(word(key, i) ^ h, word(key, i + 4) ^ C1)
 *                   a = word(key, n - 8)
 *                   b = word(key, n - 4)
 *   else if n >= 4: a = word(key, 0)
 *                   b = word(key, n - 4)
 *   else if n >= 1: a = key[0] | key[n / 2] << 16 | key[n - 1] << 32     n / 2 rounded down
 *                   b = 0
 *   else:           a = 0
 *                   b = 0
 *   h = fold(a ^ h, b ^ C1)
 *   return fold(h ^ C2, n ^ C3)
 *
 * salt(release)     = bits(release, C0)
 * bucket(key)       = the upper 32 bits of bits(key, salt(release)), as an unsigned number
 * threshold(weight) = floor(weight in percent * 2^32 / 100)
 *
 * C0 = 0x6A09E667F3BCC908   C1 = 0xA54FF53A5F1D36F1
 * C2 = 0xBB67AE8584CAA73B   C3 = 0x3C6EF372FE94F82B
 * }</pre>
 *
 * <p>The multiply-and-fold step is that of Wang Yi's wyhash; the constants are the fractions of the
 * square roots of 2, 7, 3 and 5 (as in SHA-512) and carry no meaning. It is not cryptographic:
 * whoever chooses his own key and knows the release's name can choose his bucket.
 *
 * <p>Immutable and thread-safe; hashing a key allocates nothing.
 */
public final class UserHash {
  private static final long C0 = 0x6A09E667F3BCC908L;
  private static final long C1 = 0xA54FF53A5F1D36F1L;
  private static final long C2 = 0xBB67AE8584CAA73BL;
  private static final long C3 = 0x3C6EF372FE94F82BL;

  private final long salt;

  private UserHash(long salt) {
    this.salt = salt;
  }

  /** The choice of users for the release of this name. */
  public static UserHash of(String release) {
    return new UserHash(bits(release, C0));
  }

  /**
   * The bucket below which a key is within this weight: 0 for 0 %, exactly 2<sup>32</sup> for 100 %
   * and for nothing less, else the share of 2<sup>32</sup> rounded down.
   */
  public static long threshold(Weight weight) {
    return (long) (weight.percent() * 0x1p32 / 100);
  }

  /**
   * All 64 bits of a key's hash.
   *
   * @param key any string, also an empty one; unpaired surrogates are code units like any other
   */
  public long bits(String key) {
    return bits(key, salt);
  }

  /** Where the key stands among all users, from 0 to 2<sup>32</sup>-1. */
  public long bucket(String key) {
    return bits(key, salt) >>> 32;
  }

  /** Where the key stands among all users in percent, from 0 to less than 100. */
  public double position(String key) {
    return bucket(key) * 100 / 0x1p32;
  }

  /** Whether the key is one of the share of users this weight stands for. */
  public boolean within(String key, Weight weight) {
    return bucket(key) < threshold(weight);
  }

  private static long bits(String key, long salt) {
    var units = key.length();
    var hash = salt;
    long first;
    long second;
    if (units >= 8) {
      // The last eight units are read as they stand, even if some were read before: no loop over
      // the rest, which is what a hash of short keys would spend its time in.
      var last = units - 8;
      for (var i = 0; i < last; i += 8) {
        hash = fold(word(key, i) ^ hash, word(key, i + 4) ^ C1);
      }
      first = word(key, last);
      second = word(key, last + 4);
    } else if (units >= 4) {
      first = word(key, 0);
      second = word(key, units - 4);
    } else {
      first = units == 0 ? 0 : upToThree(key, units);
      second = 0;
    }
    return fold(fold(first ^ hash, second ^ C1) ^ C2, units ^ C3);
  }

  private static long word(String key, int at) {
    return key.charAt(at)
        | (long) key.charAt(at + 1) << 16
        | (long) key.charAt(at + 2) << 32
        | (long) key.charAt(at + 3) << 48;
  }

  private static long upToThree(String key, int units) {
    return key.charAt(0) | (long) key.charAt(units >> 1) << 16 | (long) key.charAt(units - 1) << 32;
  }

  private static long fold(long x, long y) {
    return x * y ^ Math.multiplyHigh(x, y);
  }
}
