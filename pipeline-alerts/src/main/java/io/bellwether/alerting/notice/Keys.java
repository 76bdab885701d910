package io.bellwether.alerting.notice;

import io.bellwether.BellwetherException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Keys that fit every receiver. */
public final class Keys {
  private Keys() {}

  /** The SHA-256 of a text in UTF-8, as 64 lower case hexadecimal digits. */
  public static String hash(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException everyJvmHasIt) {
      throw new BellwetherException("this JVM has no SHA-256", everyJvmHasIt);
    }
  }
}
