package io.bellwether.store;

import static java.util.Objects.requireNonNull;

import io.bellwether.BellwetherException;
import io.bellwether.store.Disk.DiskFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An append-only file of records, which are whole or not there.
 *
 * <p>A record that was appended is on the disk when {@link #append} returns. A kill, at any moment,
 * costs at most the record being appended: its torn remains are cut off on the next open and
 * reported. Damage to nothing but the last record reads the same and is cut off and reported with
 * it, though its append had returned: watch {@link #tornTail} where no kill explains one. Damage
 * anywhere else, and a format this library does not know, is refused and leaves the file untouched.
 * One process and one log object at a time, enforced by a lock file beside the log. Made for POSIX
 * file systems on a local disk; locks of network file systems are not trusted.
 *
 * <p>Thread-safe; calls wait for each other. Things that have to stand or fall together belong into
 * one record.
 */
public final class RecordLog implements AutoCloseable {
  /** The most bytes of a record: 16 MiB. */
  public static final int MAX_RECORD = 16 << 20;

  private static final Logger logger = LoggerFactory.getLogger(RecordLog.class);

  /** When appended records go to the disk itself. */
  public enum Sync {
    /** Before {@link #append} returns: they outlive a kill and a loss of power. */
    EACH_APPEND,
    /**
     * When the system finds it convenient: they outlive a kill of the process. A loss of power may
     * cost the latest records, or leave a log that is refused as damaged.
     */
    LEFT_TO_SYSTEM
  }

  /** Takes the records of a log, in order. */
  @FunctionalInterface
  public interface Reader {
    /**
     * Takes a record.
     *
     * @param position by which {@link RecordLog#read} finds it again, until the log is rewritten
     * @param record its bytes, the reader's to keep
     */
    void read(long position, byte[] record);

    /**
     * Hears that there are no more whole records when a log is opened, before a torn tail is cut
     * off; does nothing unless said.
     */
    default void ended() {}
  }

  /**
   * The remains of an append that did not get done.
   *
   * @param position where they began
   * @param bytes how many were cut off
   */
  public record TornTail(long position, long bytes) {}

  private final String name;
  private final Path path;
  private final Sync sync;
  private final Disk disk;
  private final LogLock lock;
  private final Optional<TornTail> tornTail;
  private DiskFile file;
  private long end;
  private @Nullable String unusable;
  private boolean closed;

  private RecordLog(Path path, Sync sync, Disk disk, LogLock lock, Reader reader)
      throws IOException {
    this.path = path;
    this.sync = sync;
    this.disk = disk;
    this.lock = lock;
    name = "record log " + path;
    file = disk.exists(path) ? existing() : LogWriter.write(disk, path, Stream.empty());
    try {
      disk.delete(LogWriter.draft(path));
      disk.force(folder());
      var size = file.size();
      var content = new LogReader(name, file, size);
      content.checkHeader();
      end = content.records(reader);
      reader.ended();
      tornTail = size == end ? Optional.empty() : Optional.of(new TornTail(end, size - end));
      if (tornTail.isPresent()) {
        cutOff(tornTail.get());
      }
      file.force(); // what a killed process had not forced yet has been read and is believed
    } catch (IOException | RuntimeException | Error e) {
      LogWriter.undo(e, file::close);
      throw e;
    }
  }

  /**
   * Opens a log whose appends are forced to the disk one by one; as {@link #open(Path, Sync,
   * Reader)}.
   */
  public static RecordLog open(Path file, Reader reader) {
    return open(file, Sync.EACH_APPEND, reader);
  }

  /**
   * Opens a log, or creates it with the directories it stands in, and reads it from start to end.
   * An empty file is taken for a log whose creation was cut short.
   *
   * @param file the log; a file of the same name with {@code .lock} at its end appears beside it
   * @param sync when appended records go to the disk
   * @param reader takes what is there; if it throws, the log is not opened and not changed
   * @throws BellwetherException if it is open already, here or in another process; if it is
   *     damaged, is no log or has another format version; if it cannot be read or created
   */
  public static RecordLog open(Path file, Sync sync, Reader reader) {
    return open(file, sync, LocalDisk.INSTANCE, reader);
  }

  static RecordLog open(Path file, Sync sync, Disk disk, Reader reader) {
    try {
      var path = Directories.realPath(disk, file);
      var lock = LogLock.acquire(path);
      try {
        return new RecordLog(path, sync, disk, lock, reader);
      } catch (IOException | RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new BellwetherException(
          "record log " + file + " could not be opened: " + e + "; see to the disk and its rights",
          e);
    }
  }

  /**
   * Appends a record.
   *
   * @param record at most {@link #MAX_RECORD} bytes, also none
   * @return its position, for {@link #read}
   * @throws BellwetherException if the record is too long or could not be written; then the log is
   *     as it was before, or takes no more records and says so
   */
  public synchronized long append(byte[] record) {
    refuseUnusable();
    if (record.length > MAX_RECORD) {
      throw new BellwetherException(
          name + " takes records of at most " + MAX_RECORD + " bytes, not of " + record.length);
    }
    var position = end;
    try {
      file.write(position, Frame.encode(position, record));
      if (sync == Sync.EACH_APPEND) {
        file.force();
      }
    } catch (IOException e) {
      throw takenBack(record.length, e);
    }
    end = position + Frame.HEADER + record.length;
    return position;
  }

  /**
   * One record.
   *
   * @param position as {@link #append} or a {@link Reader} was told since the last rewrite
   * @throws BellwetherException if there is no record, or it cannot be read
   */
  public synchronized byte[] read(long position) {
    refuseUnusable();
    try {
      return new LogReader(name, file, end).record(position);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads every record again.
   *
   * @throws BellwetherException if one cannot be read
   */
  public synchronized void readAll(Reader reader) {
    refuseUnusable();
    try {
      new LogReader(name, file, end).records(reader);
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /**
   * Replaces the whole content, in one step: after a kill there is the old log or the new one.
   * Positions of before mean nothing any more.
   *
   * @param records may be read from this log while it is rewritten; at most {@link #MAX_RECORD}
   *     bytes each
   * @throws BellwetherException if it could not be done; then the log is as it was before, or takes
   *     no more records and says so
   */
  public synchronized void rewrite(Stream<byte[]> records) {
    refuseUnusable();
    DiskFile written;
    try {
      written = LogWriter.write(disk, path, records);
    } catch (IOException e) {
      throw new BellwetherException(
          name + " could not be rewritten: " + e + "; it is as it was before", e);
    }
    var old = file;
    file = written;
    try {
      old.close();
      end = written.size();
      disk.force(folder());
    } catch (IOException e) {
      unusable = "it was rewritten, but a loss of power could undo that (" + e + ")";
      throw refusal(e);
    }
  }

  /** What opening found torn and cut off; empty when the log ended with a whole record. */
  public Optional<TornTail> tornTail() {
    return tornTail;
  }

  /** How many bytes the log has, its header included. */
  public synchronized long size() {
    return end;
  }

  /** Closes the file and lets others write; harmless when repeated. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    unusable = "it was closed";
    try (lock) {
      file.close();
    } catch (IOException e) {
      logger.warn("{} did not close well; what was appended is on the disk", name, e);
    }
  }

  /** For example {@code record log /var/lib/chat/rollouts.log (18304 bytes)}. */
  @Override
  public String toString() {
    return name + " (" + size() + " bytes)";
  }

  /** An empty file is what a kill or a loss of power left of one that was being created. */
  private DiskFile existing() throws IOException {
    var found = disk.open(path);
    if (found.size() > 0) {
      return found;
    }
    found.close();
    logger.warn("{} was an empty file; it is a new log now", name);
    return LogWriter.write(disk, path, Stream.empty());
  }

  private void cutOff(TornTail torn) throws IOException {
    logger.warn(
        "{} had a torn tail, an append that a kill cut short: {} bytes from offset {} were cut off",
        name,
        torn.bytes(),
        torn.position());
    file.truncate(torn.position());
  }

  private BellwetherException takenBack(int length, IOException cause) {
    try {
      file.truncate(end);
      file.force();
    } catch (IOException e) {
      cause.addSuppressed(e);
      unusable = "an append failed (" + cause + ") and could not be taken back (" + e + ")";
      return refusal(cause);
    }
    return new BellwetherException(
        name
            + " did not take a record of "
            + length
            + " bytes at offset "
            + end
            + ": "
            + cause
            + "; it is as it was before, so try again when the disk is well",
        cause);
  }

  private Path folder() {
    return requireNonNull(path.toAbsolutePath().getParent(), "a file lies in a folder");
  }

  private void refuseUnusable() {
    if (unusable != null) {
      throw refusal(null);
    }
  }

  private BellwetherException refusal(@Nullable Throwable cause) {
    return new BellwetherException(
        name + " cannot be used any more: " + unusable + "; open it again", cause);
  }

  private BellwetherException unreadable(IOException cause) {
    return new BellwetherException(name + " could not be read: " + cause, cause);
  }
}
