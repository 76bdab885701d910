package io.bellwether.alerting;

import io.bellwether.BellwetherException;
import io.bellwether.alert.AlertStore;
import io.bellwether.store.RecordLog;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers alerts in a file, over restarts and kills of the process. Thread-safe.
 *
 * <p>Each write is one record of a {@link RecordLog}. What is outdated is cut away when it is most
 * of the file. One process at a time, enforced by the log's lock.
 */
public final class FileAlertStore implements AlertStore {
  private static final byte FORMAT = 1;
  private static final int WORTH_CUTTING = 1 << 20;

  /** A record of the log is closed with the change that makes it larger than this. */
  private static final long RECORD = 1_000_000;

  private final RecordLog log;
  private final Map<String, byte[]> records = new LinkedHashMap<>();
  private long live;

  private FileAlertStore(Path file, RecordLog.Sync sync) {
    log = RecordLog.open(file, sync, (position, record) -> take(record));
  }

  /**
   * Opens a store, or creates it: what was written outlives a kill of the process; a loss of power
   * may cost the latest writes, after which some people may be told twice.
   *
   * @throws BellwetherException if it is open already, damaged, or written by a later version
   */
  public static FileAlertStore open(Path file) {
    return new FileAlertStore(file, RecordLog.Sync.LEFT_TO_SYSTEM);
  }

  /** As {@link #open}, with every write on the disk itself before anybody is told. */
  public static FileAlertStore openSynced(Path file) {
    return new FileAlertStore(file, RecordLog.Sync.EACH_APPEND);
  }

  @Override
  public synchronized Map<String, byte[]> load() {
    return new LinkedHashMap<>(records);
  }

  @Override
  public synchronized void write(List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    append(changes);
    if (log.size() > WORTH_CUTTING && log.size() > 4 * live) {
      log.rewrite(
          records.entrySet().stream()
              .map(
                  entry ->
                      encode(List.of(new Change(entry.getKey(), Optional.of(entry.getValue()))))));
    }
  }

  /**
   * In records no larger than the log takes; what is too large alone keeps the rest from nothing.
   */
  private void append(List<Change> changes) {
    var refused = Optional.<BellwetherException>empty();
    for (var from = 0; from < changes.size(); ) {
      var to = from;
      for (var size = 0L; to < changes.size() && (to == from || size < RECORD); to++) {
        size += changes.get(to).record().map(record -> record.length).orElse(0) + 200;
      }
      var part = changes.subList(from, to);
      try {
        log.append(encode(part));
        part.forEach(this::apply);
      } catch (BellwetherException e) {
        refused = Optional.of(e);
      }
      from = to;
    }
    if (refused.isPresent()) {
      throw refused.get();
    }
  }

  private void apply(Change change) {
    var before =
        change.record().isPresent()
            ? records.put(change.key(), change.record().get())
            : records.remove(change.key());
    live += change.record().map(record -> size(change.key(), record)).orElse(0L);
    live -= before == null ? 0 : size(change.key(), before);
  }

  private static long size(String key, byte[] record) {
    return key.length() + record.length + 32L;
  }

  private static byte[] encode(List<Change> changes) {
    var keys = changes.stream().map(c -> c.key().getBytes(StandardCharsets.UTF_8)).toList();
    var size = 1 + 4;
    for (var i = 0; i < changes.size(); i++) {
      size += 8 + keys.get(i).length + changes.get(i).record().map(r -> r.length).orElse(0);
    }
    var buffer = ByteBuffer.allocate(size).put(FORMAT).putInt(changes.size());
    for (var i = 0; i < changes.size(); i++) {
      var record = changes.get(i).record();
      buffer.putInt(keys.get(i).length).put(keys.get(i));
      buffer.putInt(record.map(bytes -> bytes.length).orElse(-1));
      record.ifPresent(buffer::put);
    }
    return buffer.array();
  }

  private void take(byte[] record) {
    var buffer = ByteBuffer.wrap(record);
    var format = buffer.get();
    if (format != FORMAT) {
      throw new BellwetherException(
          "an alert store's record has format "
              + format
              + ", expected "
              + FORMAT
              + ": it was written by a later version of the library, or is no alert store");
    }
    for (var left = buffer.getInt(); left > 0; left--) {
      var key = new String(bytes(buffer, buffer.getInt()), StandardCharsets.UTF_8);
      var length = buffer.getInt();
      apply(new Change(key, length < 0 ? Optional.empty() : Optional.of(bytes(buffer, length))));
    }
  }

  private static byte[] bytes(ByteBuffer buffer, int length) {
    var bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  @Override
  public void close() {
    log.close();
  }

  /** For example {@code alert store in record log /var/lib/chat/alerts.log (18304 bytes)}. */
  @Override
  public String toString() {
    return "alert store in " + log;
  }
}
