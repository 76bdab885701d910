package io.bellwether.store;

import io.bellwether.testing.Gen;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Records as tests write and compare them. */
final class Records {
  private Records() {}

  static byte[] of(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static String text(byte[] record) {
    return new String(record, StandardCharsets.UTF_8);
  }

  /** Any bytes of at most this length, also none. */
  static byte[] any(Gen gen, int longest) {
    var bytes = new byte[gen.between(0, longest)];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) gen.nextInt(256);
    }
    return bytes;
  }

  /** Records that AssertJ compares by their bytes. */
  static List<ByteBuffer> comparable(List<byte[]> records) {
    return records.stream().map(ByteBuffer::wrap).toList();
  }
}
