package io.bellwether.store;

import io.bellwether.BellwetherException;
import io.bellwether.store.Disk.DiskFile;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads a log from its first record to where it ends, is torn or is damaged. */
final class LogReader {
  private static final int WINDOW = 1 << 16;

  private final String log;
  private final DiskFile file;
  private final long size;
  private byte[] window = new byte[0];
  private long windowAt;

  LogReader(String log, DiskFile file, long size) {
    this.log = log;
    this.file = file;
    this.size = size;
  }

  void checkHeader() throws IOException {
    LogHeader.check(log, file.read(0, (int) Math.min(size, LogHeader.LENGTH)));
  }

  /**
   * Hands over every record.
   *
   * @return where the last whole record ends: the file's size, or less if its tail is torn
   * @throws BellwetherException if a record is damaged and others stand behind it
   */
  long records(RecordLog.Reader reader) throws IOException {
    var position = (long) LogHeader.LENGTH;
    while (position < size) {
      var record = frameAt(position);
      if (record == null) {
        refuseDamage(position);
        return position;
      }
      reader.read(position, record);
      position += Frame.HEADER + record.length;
    }
    return position;
  }

  /**
   * One record.
   *
   * @throws BellwetherException if there is none at this position, or it is damaged
   */
  byte[] record(long position) throws IOException {
    var record = position < LogHeader.LENGTH ? null : frameAt(position);
    if (record == null) {
      throw new BellwetherException(
          log + " has no whole record at offset " + position + " of " + size + " bytes");
    }
    return record;
  }

  private byte @Nullable [] frameAt(long position) throws IOException {
    if (!isHeader(position)) {
      return null;
    }
    var frame = header(position);
    if (frame.position() != position || frame.end() > size) {
      return null;
    }
    var record = bytes(position + Frame.HEADER, frame.length());
    return frame.matches(record) ? record : null;
  }

  /** What is torn has nothing behind it: appends are forced to disk one after the other. */
  private void refuseDamage(long damaged) throws IOException {
    for (var position = damaged; position + Frame.HEADER <= size; position++) {
      if (isHeader(position) && (position > damaged || header(position).position() != position)) {
        throw new BellwetherException(
            log
                + " is damaged at offset "
                + damaged
                + " of "
                + size
                + " bytes: no record of that place begins there, and the next one stands at offset "
                + position
                + "; it was left as it is. Restore it from a backup, or move it away and start"
                + " anew.");
      }
    }
  }

  private boolean isHeader(long position) throws IOException {
    if (position + Frame.HEADER > size) {
      return false;
    }
    load(position, Frame.HEADER);
    return Frame.isHeader(window, (int) (position - windowAt));
  }

  /** The header at this position, where one was found just now. */
  private Frame header(long position) {
    return Frame.decode(window, (int) (position - windowAt));
  }

  private byte[] bytes(long position, int length) throws IOException {
    if (length > WINDOW) {
      return file.read(position, length);
    }
    load(position, length);
    var from = (int) (position - windowAt);
    return Arrays.copyOfRange(window, from, from + length);
  }

  /** Sees to it that these bytes, which are there, are in the window. */
  private void load(long position, int length) throws IOException {
    if (position < windowAt || position + length > windowAt + window.length) {
      window = file.read(position, (int) Math.min(WINDOW, size - position));
      windowAt = position;
    }
  }
}
