package io.bellwether.pipeline.run;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.store.RecordLog;
import io.bellwether.store.internal.JournalFile;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers runs in a directory of this machine, over restarts and kills. Thread-safe.
 *
 * <p>All journals share one {@link RecordLog}, {@value #FILE}, whose guarantees are this store's:
 * what {@link #append} was given is on the disk when it returns, or the call throws. Of a
 * pipeline's ended runs the last {@value #RUNS_KEPT} are remembered; what was forgotten leaves the
 * file once it is about half of it.
 */
public final class FilePipelineStore implements PipelineStore, AutoCloseable {
  /** The file's name in the directory. */
  public static final String FILE = "pipelines.log";

  /** How many ended runs of a pipeline are remembered. */
  public static final int RUNS_KEPT = InMemoryPipelineStore.RUNS_KEPT;

  static final JournalFile.Format<PipelineEvent> FORMAT =
      new JournalFile.Format<>("a run's journal", "run", EventJson::write, EventJson::read);

  private final InMemoryPipelineStore known;
  private final JournalFile<PipelineEvent> file;

  private FilePipelineStore(Path directory, int runsKept) {
    known = new InMemoryPipelineStore(runsKept);
    file = new JournalFile<>(directory.resolve(FILE), FORMAT, known::append);
    tidyUp(0);
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
    file.append(run, length, events);
    known.append(run, length, events);
    tidyUp(known.size());
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
    file.close();
  }

  /** For example {@code pipelines in record log /var/lib/chat/pipelines.log (2304 bytes)}. */
  @Override
  public String toString() {
    return "pipelines in " + file;
  }

  private void tidyUp(int atLeast) {
    if (known.forgotten() > atLeast) {
      file.tidyUp(known.takeStock());
    }
  }
}
