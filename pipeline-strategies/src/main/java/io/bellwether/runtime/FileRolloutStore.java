package io.bellwether.runtime;

import static java.util.Objects.requireNonNull;

import io.bellwether.BellwetherException;
import io.bellwether.release.Version;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.store.RecordLog;
import io.bellwether.store.RecordLog.Sync;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers rollouts in a directory of this machine, over restarts and kills: the default where one
 * process decides about a host's rollouts. Thread-safe.
 *
 * <p>All journals share one {@link RecordLog}, {@value #FILE}, whose guarantees are this store's:
 * what {@link #append} was given is on the disk when it returns, or the call throws. Every append
 * waits for the disk, which makes some hundred appends a second on a common one.
 *
 * <p>Runs under way are remembered whole. Of those that have ended, and of whose end people were
 * told, the last {@value #RUNS_KEPT} of a release are, unless said otherwise; the versions that
 * became stable are remembered beyond that, the last thousand. What is forgotten leaves the file
 * when it makes up more than half of it.
 */
public final class FileRolloutStore implements RolloutStore, AutoCloseable {
  /** How many ended runs of a release are remembered unless said otherwise. */
  public static final int RUNS_KEPT = 10;

  /** The file's name in the directory. */
  public static final String FILE = "rollouts.log";

  private static final Logger logger = LoggerFactory.getLogger(FileRolloutStore.class);
  private static final long WORTH_A_REWRITE = 1 << 20;

  private final int runsKept;
  private final long worthARewrite;
  private final RecordLog log;
  private RunIndex index = new RunIndex();
  private Map<String, Journal> journals = new HashMap<>();
  private long garbage;

  /** Where a journal's records stand, and how many bytes they have. */
  private static final class Journal {
    private final List<Long> positions = new ArrayList<>();
    private long bytes;
  }

  private FileRolloutStore(Path directory, int runsKept, Sync sync, long worthARewrite) {
    this.runsKept = runsKept;
    this.worthARewrite = worthARewrite;
    log = RecordLog.open(directory.resolve(FILE), sync, this::take);
  }

  /**
   * Opens the store of this directory, which is made if there is none.
   *
   * @throws BellwetherException if another store has it open, here or in another process; if its
   *     file is damaged or was written by a later version of the library; if the disk fails
   */
  public static FileRolloutStore open(Path directory) {
    return open(directory, RUNS_KEPT);
  }

  /**
   * Opens the store of this directory, as {@link #open(Path)}.
   *
   * @param runsKept how many ended runs of a release are remembered; at least 10
   */
  public static FileRolloutStore open(Path directory, int runsKept) {
    return open(directory, runsKept, Sync.EACH_APPEND, WORTH_A_REWRITE);
  }

  static FileRolloutStore open(Path directory, int runsKept, Sync sync, long worthARewrite) {
    if (runsKept < RUNS_KEPT) {
      throw new IllegalArgumentException(
          "runs kept: " + runsKept + ", expected at least " + RUNS_KEPT);
    }
    return new FileRolloutStore(directory, runsKept, sync, worthARewrite);
  }

  @Override
  public synchronized void append(String rollout, long length, List<RolloutEvent> events) {
    index.check(rollout, length, events);
    if (!events.isEmpty()) {
      var record = JournalRecord.events(rollout, length, events);
      var bytes = record.bytes();
      if (bytes.length > RecordLog.MAX_RECORD) {
        throw new IllegalArgumentException(
            events.size()
                + " events of "
                + rollout
                + " make a record of "
                + bytes.length
                + " bytes, and the file takes at most "
                + RecordLog.MAX_RECORD
                + "; give the plan, its steps and gates shorter names");
      }
      take(log.append(bytes), bytes.length, record);
      tidyUp();
    }
  }

  @Override
  public synchronized List<RolloutEvent> journal(String rollout) {
    return records(rollout).flatMap(record -> JournalRecord.of(record).events().stream()).toList();
  }

  @Override
  public synchronized List<String> runs(String release) {
    return index.runs(release);
  }

  @Override
  public synchronized List<String> unfinished() {
    return index.unfinished();
  }

  @Override
  public synchronized List<Version> stableVersions(String release) {
    return index.stableVersions(release);
  }

  @Override
  public boolean durable() {
    return true;
  }

  /** Closes the file and lets others write; a runtime on this store is to be closed before. */
  @Override
  public synchronized void close() {
    log.close();
  }

  /** For example {@code rollouts in record log /var/lib/chat/rollouts.log (18304 bytes)}. */
  @Override
  public String toString() {
    return "rollouts in " + log;
  }

  private Stream<byte[]> records(String rollout) {
    var journal = journals.get(rollout);
    return journal == null ? Stream.empty() : journal.positions.stream().map(log::read);
  }

  private void take(long position, byte[] bytes) {
    take(position, bytes.length, JournalRecord.of(bytes));
  }

  private void take(long position, int length, JournalRecord record) {
    switch (record.kind()) {
      case STABLE -> index.stable(record.name(), record.versions());
      case EVENTS -> {
        index.check(record.name(), record.from(), record.events());
        index.add(record.name(), record.events());
        var journal = journals.computeIfAbsent(record.name(), id -> new Journal());
        journal.positions.add(position);
        journal.bytes += length;
        index.forgetBeyond(runsKept, record.name()).forEach(this::forget);
      }
    }
  }

  private void forget(String rollout) {
    garbage += requireNonNull(journals.remove(rollout), "an indexed run has a journal").bytes;
  }

  /** What could not be tidied up is tried again with a later append; what was appended stands. */
  private void tidyUp() {
    if (garbage < worthARewrite || garbage < log.size() / 2) {
      return;
    }
    try {
      log.rewrite(live());
    } catch (BellwetherException e) {
      logger.warn("{} could not be tidied up and goes on as it is", this, e);
      return;
    }
    index = new RunIndex();
    journals = new HashMap<>();
    garbage = 0;
    log.readAll(this::take);
  }

  /** The stable versions come last, so that they replace what the runs before them say. */
  private Stream<byte[]> live() {
    var runs = index.runs().stream().flatMap(this::records);
    var stable =
        index.releases().stream()
            .map(release -> JournalRecord.stable(release, index.stableVersions(release)))
            .map(JournalRecord::bytes);
    return Stream.concat(runs, stable);
  }
}
