package io.bellwether.store;

import io.bellwether.BellwetherException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write a log, held by one log object of one process at a time.
 *
 * <p>The lock is on a file beside the log, because the log itself is replaced when it is rewritten.
 * That file stays: to delete it would race with the next one who locks it.
 *
 * <p>POSIX drops all locks of a process on a file when it closes any handle of that file. So a log
 * held in this process is found before its lock file is opened a second time, and a handle that met
 * a lock of another class loader's copy of this class is kept open for good.
 */
final class LogLock implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LogLock.class);
  private static final int SIGNATURE = 20;
  private static final Set<Path> HELD = new HashSet<>();
  private static final Map<Path, FileChannel> PARKED = new HashMap<>();

  private final Path file;
  private final FileChannel channel;

  private LogLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Locks a log.
   *
   * @param guarded the log's real path
   * @throws BellwetherException if somebody has it already
   */
  static LogLock acquire(Path guarded) throws IOException {
    var file = guarded.resolveSibling(guarded.getFileName() + ".lock");
    synchronized (HELD) {
      if (HELD.contains(file)) {
        throw taken(guarded, "this process");
      }
      var channel = channel(file);
      var lock = tryLock(guarded, file, channel);
      if (lock == null) {
        var holder = holder(channel);
        channel.close();
        throw taken(guarded, "another process" + holder);
      }
      HELD.add(file);
      sign(file, channel);
      return new LogLock(file, channel);
    }
  }

  /** Gives the right back. */
  @Override
  public void close() {
    synchronized (HELD) {
      HELD.remove(file);
      try {
        channel.close();
      } catch (IOException e) {
        log.warn("{} did not close well", file, e);
      }
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    var parked = PARKED.remove(file);
    return parked != null
        ? parked
        : FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static @Nullable FileLock tryLock(Path guarded, Path file, FileChannel channel)
      throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      PARKED.put(file, channel);
      throw taken(guarded, "another class loader of this process");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * The process writes its number down, for whoever finds the log taken; the lock holds without.
   * Always as many bytes, because ext4 forces a file to the disk that was cut before it was
   * written.
   */
  private static void sign(Path file, FileChannel channel) {
    var name = String.format(Locale.ROOT, "%-" + SIGNATURE + "d", ProcessHandle.current().pid());
    try {
      channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      log.debug("{} is locked, but does not say by whom", file, e);
    }
  }

  private static String holder(FileChannel channel) throws IOException {
    var name = ByteBuffer.allocate(SIGNATURE);
    var length = Math.max(0, channel.read(name, 0));
    var pid = new String(name.array(), 0, length, StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "" : " (" + pid + ")";
  }

  private static BellwetherException taken(Path guarded, String holder) {
    return new BellwetherException(
        "record log "
            + guarded
            + " is open in "
            + holder
            + " already; one writer at a time: close it there, or give each its own directory");
  }
}
