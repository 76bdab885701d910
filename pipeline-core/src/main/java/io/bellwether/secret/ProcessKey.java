package io.bellwether.secret;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A random key of this process: what is hashed under it can be compared here and nowhere else. */
final class ProcessKey {
  private static final String HMAC = "HmacSHA256";
  private static final int REFERENCE_BYTES = 6;
  private static final SecretKey KEY = random();

  private ProcessKey() {}

  static String reference(char[] text) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(KEY);
      return HexFormat.of().formatHex(mac.doFinal(bytes(text)), 0, REFERENCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java runtime has " + HMAC + ", this one has not", e);
    }
  }

  private static byte[] bytes(char[] text) {
    var bytes = ByteBuffer.allocate(text.length * Character.BYTES);
    bytes.asCharBuffer().put(text);
    return bytes.array();
  }

  private static SecretKey random() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new SecretKeySpec(key, HMAC);
  }
}
