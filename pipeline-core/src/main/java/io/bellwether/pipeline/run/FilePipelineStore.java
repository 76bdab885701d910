package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.store.RecordLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Remembers runs in a directory of this machine, over restarts and kills. Thread-safe.
 *
 * <p>All journals share one {@link RecordLog}, {@value #FILE}, whose guarantees are this store's:
 * what {@link #append} was given is on the disk when it returns, or the call throws. When it is
 * opened, the store forgets ended runs of a pipeline beyond the last {@value #RUNS_KEPT}.
 */
public final class FilePipelineStore implements PipelineStore, AutoCloseable {
  /** The file's name in the directory. */
  public static final String FILE = "pipelines.log";

  /** How many ended runs of a pipeline are remembered. */
  public static final int RUNS_KEPT = 100;

  private static final int FORMAT = 1;

  private final InMemoryPipelineStore known = new InMemoryPipelineStore();
  private final RecordLog log;

  private FilePipelineStore(Path directory, int runsKept) {
    log = RecordLog.open(directory.resolve(FILE), (position, record) -> take(record));
    if (known.forgetBeyond(runsKept)) {
      log.rewrite(known.runs().stream().map(run -> record(run, 0, known.journal(run))));
    }
  }

  /**
   * Opens the store of this directory, which is made if there is none.
   *
   * @throws BellwetherException if another store has it open, here or in another process; if its
   *     file is damaged or was written by a later version of the library; if the disk fails
   */
  public static FilePipelineStore open(Path directory) {
    return open(directory, RUNS_KEPT);
  }

  static FilePipelineStore open(Path directory, int runsKept) {
    return new FilePipelineStore(directory, runsKept);
  }

  @Override
  public synchronized void append(String run, long length, List<PipelineEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    known.check(run, length, events);
    log.append(record(run, length, events));
    known.append(run, length, events);
  }

  @Override
  public List<PipelineEvent> journal(String run) {
    return known.journal(run);
  }

  @Override
  public List<String> runs(String pipeline) {
    return known.runs(pipeline);
  }

  @Override
  public List<String> unfinished() {
    return known.unfinished();
  }

  @Override
  public boolean durable() {
    return true;
  }

  /** Closes the file and lets others write; a runner on this store is to be closed before. */
  @Override
  public synchronized void close() {
    log.close();
  }

  /** For example {@code pipelines in record log /var/lib/chat/pipelines.log (2304 bytes)}. */
  @Override
  public String toString() {
    return "pipelines in " + log;
  }

  private static byte[] record(String run, long from, List<PipelineEvent> events) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("format", FORMAT);
    fields.put("run", run);
    fields.put("from", from);
    fields.put("events", events.stream().map(EventJson::write).toList());
    return JsonWriting.line(fields).getBytes(StandardCharsets.UTF_8);
  }

  private void take(byte[] record) {
    var fields = JsonObject.parse("a run's journal", new String(record, StandardCharsets.UTF_8));
    var format = fields.number("format").intValue();
    if (format != FORMAT) {
      throw new BellwetherException(
          "a run's journal is in format "
              + format
              + ", this library reads format "
              + FORMAT
              + "; use the version of the library that wrote it");
    }
    var events = fields.objects("events").stream().map(EventJson::read).toList();
    known.append(fields.text("run"), fields.number("from").longValueExact(), events);
  }
}
