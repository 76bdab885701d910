package io.bellwether.incident;

import io.bellwether.store.RecordLog;
import io.bellwether.store.internal.JournalFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Remembers incidents in a directory of this machine, over restarts and kills. Thread-safe.
 *
 * <p>All journals share one {@link RecordLog}, {@value #FILE}, whose guarantees are this store's.
 * Of the incidents that are over the last {@value #KEPT} are remembered.
 */
public final class FileIncidentStore implements IncidentStore, AutoCloseable {
  /** The file's name in the directory. */
  public static final String FILE = "incidents.log";

  /** How many incidents that are over are remembered. */
  public static final int KEPT = InMemoryIncidentStore.KEPT;

  static final JournalFile.Format<IncidentEvent> FORMAT =
      new JournalFile.Format<>(
          "an incident's journal", "incident", IncidentJson::write, IncidentJson::read);

  private final InMemoryIncidentStore known;
  private final JournalFile<IncidentEvent> file;

  private FileIncidentStore(Path directory, int kept) {
    known = new InMemoryIncidentStore(kept);
    file =
        new JournalFile<>(
            directory.resolve(FILE),
            FORMAT,
            (incident, length, events) -> known.append(incident, events));
    tidyUp(0);
  }

  /**
   * Opens the store of this directory, which is made if there is none.
   *
   * @throws io.bellwether.BellwetherException if another store has it open, here or in another
   *     process; if its file is damaged or was written by a later version of the library; if the
   *     disk fails
   */
  public static FileIncidentStore open(Path directory) {
    return open(directory, KEPT);
  }

  static FileIncidentStore open(Path directory, int kept) {
    return new FileIncidentStore(directory, kept);
  }

  @Override
  public synchronized void append(String incident, List<IncidentEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    known.check(incident, events);
    file.append(incident, known.length(incident), events);
    known.append(incident, events);
    tidyUp(known.size());
  }

  @Override
  public Map<String, List<IncidentEvent>> journals() {
    return known.journals();
  }

  /** Closes the file and lets others write; a desk on this store is to be closed before. */
  @Override
  public synchronized void close() {
    file.close();
  }

  /** For example {@code incidents in record log /var/lib/chat/incidents.log (2304 bytes)}. */
  @Override
  public String toString() {
    return "incidents in " + file;
  }

  private void tidyUp(int atLeast) {
    if (known.forgotten() > atLeast) {
      file.tidyUp(known.takeStock());
    }
  }
}
