package io.bellwether.jdbc.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Keys of any length and any characters as keys a database can index. */
public final class Hash {
  private Hash() {}

  /** The SHA-256 of these bytes. */
  public static byte[] of(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** A text as bytes that keep every character, also one that is no Unicode. */
  public static byte[] exactly(String text) {
    var bytes = new byte[2 * text.length()];
    for (var i = 0; i < text.length(); i++) {
      bytes[2 * i] = (byte) (text.charAt(i) >> 8);
      bytes[2 * i + 1] = (byte) text.charAt(i);
    }
    return bytes;
  }

  /** The text of such bytes. */
  public static String text(byte[] exact) {
    var text = new StringBuilder(exact.length / 2);
    for (var i = 0; i < exact.length; i += 2) {
      text.append((char) (exact[i] << 8 | exact[i + 1] & 0xff));
    }
    return text.toString();
  }
}
