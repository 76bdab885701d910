package io.bellwether.store;

import io.bellwether.BellwetherException;
import io.bellwether.store.Disk.DiskFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.stream.Stream;

/** Writes a whole log at once and puts it in the place of another. */
final class LogWriter {
  private static final int BATCH = 1 << 16;

  private final DiskFile file;
  private final ByteArrayOutputStream batch = new ByteArrayOutputStream(BATCH);
  private long written;

  private LogWriter(DiskFile file) {
    this.file = file;
  }

  /**
   * A log of these records, forced to the disk and standing at this path.
   *
   * <p>The directory is not forced yet: that is the caller's, who has to know what failed.
   *
   * @return the new file, open
   */
  static DiskFile write(Disk disk, Path path, Stream<byte[]> records) throws IOException {
    var draft = draft(path);
    var file = disk.create(draft);
    try {
      new LogWriter(file).write(records.iterator());
      file.force();
      disk.replace(path, draft);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      undo(e, file::close);
      undo(e, () -> disk.delete(draft));
      throw e;
    }
  }

  /** Where the new log is written until it is whole; a kill may leave it behind. */
  static Path draft(Path path) {
    return path.resolveSibling(path.getFileName() + ".new");
  }

  /** Something that may fail while something else has failed already. */
  @FunctionalInterface
  interface Undo {
    void run() throws IOException;
  }

  static void undo(Throwable cause, Undo undo) {
    try {
      undo.run();
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private void write(Iterator<byte[]> records) throws IOException {
    batch.writeBytes(LogHeader.bytes());
    while (records.hasNext()) {
      var record = records.next();
      if (record.length > RecordLog.MAX_RECORD) {
        throw new BellwetherException(
            "a record of "
                + record.length
                + " bytes is too long; at most "
                + RecordLog.MAX_RECORD
                + " are taken");
      }
      batch.writeBytes(Frame.encode(written + batch.size(), record));
      if (batch.size() >= BATCH) {
        flush();
      }
    }
    flush();
  }

  private void flush() throws IOException {
    file.write(written, batch.toByteArray());
    written += batch.size();
    batch.reset();
  }
}
