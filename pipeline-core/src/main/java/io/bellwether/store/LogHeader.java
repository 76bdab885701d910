package io.bellwether.store;

import io.bellwether.BellwetherException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** The first bytes of a log: what it is, in which format, and a checksum of the two. */
final class LogHeader {
  static final int LENGTH = 16;
  static final int VERSION = 1;
  private static final byte[] MAGIC = "BELLWLOG".getBytes(StandardCharsets.US_ASCII);
  private static final int SUMMED = LENGTH - Integer.BYTES;

  private LogHeader() {}

  static byte[] bytes() {
    return bytes(VERSION);
  }

  static byte[] bytes(int version) {
    var header = ByteBuffer.allocate(LENGTH).put(MAGIC).putInt(version);
    return header.putInt(sum(header.array())).array();
  }

  /** Refuses whatever does not begin like a log of the version this library writes. */
  static void check(String log, byte[] found) {
    if (found.length < LENGTH || !Arrays.equals(found, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw refused(
          log, "is no record log: it does not begin with BELLWLOG", "it is the wrong file");
    }
    var header = ByteBuffer.wrap(found);
    var version = header.getInt(MAGIC.length);
    if (header.getInt(SUMMED) != sum(found)) {
      throw refused(
          log, "is damaged in its first " + LENGTH + " bytes", "restore it from a backup");
    }
    if (version != VERSION) {
      throw refused(
          log,
          "has format version " + version + ", this library reads and writes version " + VERSION,
          "use the version of the library that wrote it");
    }
  }

  private static BellwetherException refused(String log, String what, String next) {
    return new BellwetherException(
        log + " " + what + "; it was left as it is. " + capital(next) + ", or move it away.");
  }

  private static String capital(String text) {
    return Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  private static int sum(byte[] header) {
    var crc = new CRC32C();
    crc.update(header, 0, SUMMED);
    return (int) crc.getValue();
  }
}
