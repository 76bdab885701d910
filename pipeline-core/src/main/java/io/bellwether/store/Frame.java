package io.bellwether.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * A record's place in a log: a header that states its own position, then the record's bytes.
 *
 * <pre>
 * length      4 bytes   of the record, big-endian as everything here
 * checksum    4 bytes   CRC32C of the record
 * position    8 bytes   of this header in the file
 * header sum  4 bytes   CRC32C of the 16 bytes before
 * record      length bytes
 * </pre>
 *
 * <p>The header has a checksum of its own so that records behind a damaged one are still
 * recognized: that is how damage is told from a torn tail.
 *
 * @param position where the header stands
 * @param length of the record
 * @param checksum of the record
 */
record Frame(long position, int length, int checksum) {
  static final int HEADER = 20;
  private static final int SUMMED = HEADER - Integer.BYTES;

  static byte[] encode(long position, byte[] record) {
    var frame = ByteBuffer.allocate(HEADER + record.length);
    frame.putInt(record.length).putInt(sum(record, 0, record.length)).putLong(position);
    return frame.putInt(sum(frame.array(), 0, SUMMED)).put(record).array();
  }

  /** Whether a whole header, for whatever position, begins at this index. */
  static boolean isHeader(byte[] bytes, int at) {
    var length = ByteBuffer.wrap(bytes).getInt(at);
    return length >= 0
        && length <= RecordLog.MAX_RECORD
        && ByteBuffer.wrap(bytes).getInt(at + SUMMED) == sum(bytes, at, SUMMED);
  }

  /** The header at this index, which has to be one. */
  static Frame decode(byte[] bytes, int at) {
    var header = ByteBuffer.wrap(bytes, at, HEADER);
    var length = header.getInt();
    var checksum = header.getInt();
    return new Frame(header.getLong(), length, checksum);
  }

  /** Where the next frame begins. */
  long end() {
    return position + HEADER + length;
  }

  boolean matches(byte[] record) {
    return sum(record, 0, record.length) == checksum;
  }

  private static int sum(byte[] bytes, int from, int length) {
    var crc = new CRC32C();
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
