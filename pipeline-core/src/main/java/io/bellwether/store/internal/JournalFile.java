package io.bellwether.store.internal;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import io.bellwether.store.RecordLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Journals of events by id in one {@link RecordLog}, each record a line of JSON. Thread-safe.
 *
 * @param <E> the events
 */
public final class JournalFile<E> implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(JournalFile.class);
  private static final int FORMAT = 1;

  /**
   * How journals are written.
   *
   * @param what what a journal is called, for people
   * @param id the field that says whose a journal is
   */
  public record Format<E>(
      String what, String id, Function<E, Map<String, ?>> write, Function<JsonObject, E> read) {
    /** Some events as a line of JSON. */
    public String text(List<E> events) {
      return text(Map.of(), events);
    }

    private String text(Map<String, ?> more, List<E> events) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("format", FORMAT);
      fields.putAll(more);
      fields.put("events", events.stream().map(write).toList());
      return JsonWriting.line(fields);
    }

    /**
     * The events of such a line.
     *
     * @throws BellwetherException if it is none, or of a later version of the library
     */
    public List<E> events(String text) {
      return events(JsonObject.parse(what, text));
    }

    private List<E> events(JsonObject fields) {
      var found = fields.number("format").intValue();
      if (found != FORMAT) {
        throw new BellwetherException(
            what
                + " is in format "
                + found
                + ", this library reads format "
                + FORMAT
                + "; use the version of the library that wrote it");
      }
      return fields.objects("events").stream().map(read).toList();
    }
  }

  /** Takes what was found when the file was opened. */
  @FunctionalInterface
  public interface Reader<E> {
    /**
     * Takes some events of a journal.
     *
     * @param length how many it had before them
     */
    void read(String id, long length, List<E> events);
  }

  private final Format<E> format;
  private final RecordLog log;

  /** Opens a file, or creates it, and reads it; throws as {@link RecordLog#open}. */
  public JournalFile(Path file, Format<E> format, Reader<E> reader) {
    this.format = format;
    log = RecordLog.open(file, (position, record) -> read(record, reader));
  }

  /** Appends to a journal; on the disk when this returns. */
  public void append(String id, long length, List<E> events) {
    log.append(record(id, length, events));
  }

  /** Leaves only these journals; what cannot be tidied up goes on as it is. */
  public void tidyUp(Map<String, List<E>> live) {
    try {
      log.rewrite(live.entrySet().stream().map(it -> record(it.getKey(), 0, it.getValue())));
    } catch (BellwetherException e) {
      logger.warn("{} could not be tidied up and goes on as it is", log, e);
    }
  }

  @Override
  public void close() {
    log.close();
  }

  /** For example {@code record log /var/lib/chat/pipelines.log (2304 bytes)}. */
  @Override
  public String toString() {
    return log.toString();
  }

  private byte[] record(String id, long length, List<E> events) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put(format.id(), id);
    fields.put("from", length);
    return format.text(fields, events).getBytes(StandardCharsets.UTF_8);
  }

  private void read(byte[] record, Reader<E> reader) {
    var fields = JsonObject.parse(format.what(), new String(record, StandardCharsets.UTF_8));
    var events = format.events(fields);
    reader.read(fields.text(format.id()), fields.number("from").longValueExact(), events);
  }
}
