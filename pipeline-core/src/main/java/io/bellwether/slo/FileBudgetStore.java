package io.bellwether.slo;

import io.bellwether.store.RecordLog;
import java.nio.file.Path;
import java.util.List;

/**
 * Remembers a service's budgets in a directory of this machine, over restarts and kills, on a
 * {@link RecordLog} whose guarantees are this store's. Thread-safe.
 *
 * <p>What was replaced leaves the file when it makes up more than half of it.
 */
public final class FileBudgetStore implements BudgetStore, AutoCloseable {
  /** The file's name in the directory. */
  public static final String FILE = "budgets.log";

  private static final int WORTH_A_REWRITE = 100;

  private final BudgetIndex index = new BudgetIndex();
  private final RecordLog log;
  private int replaced;

  private FileBudgetStore(Path directory) {
    log = RecordLog.open(directory.resolve(FILE), (position, bytes) -> take(bytes));
  }

  /**
   * Opens the store of this directory, which is made if there is none.
   *
   * @throws io.bellwether.BellwetherException if another store has it open, here or in another
   *     process; if its file is damaged or was written by a later version of the library; if the
   *     disk fails
   */
  public static FileBudgetStore open(Path directory) {
    return new FileBudgetStore(directory);
  }

  @Override
  public synchronized void append(BudgetRecord record) {
    log.append(BudgetRecordCodec.encode(record));
    put(record);
    if (replaced >= WORTH_A_REWRITE && replaced > index.size()) {
      log.rewrite(index.records().stream().map(BudgetRecordCodec::encode));
      replaced = 0;
    }
  }

  @Override
  public synchronized List<BudgetRecord> records() {
    return index.records();
  }

  /** How many bytes the file has. */
  public synchronized long size() {
    return log.size();
  }

  /** Closes the file and lets others write; harmless when repeated. */
  @Override
  public synchronized void close() {
    log.close();
  }

  /** For example {@code budgets in record log /var/lib/chat/budgets.log (4096 bytes)}. */
  @Override
  public String toString() {
    return "budgets in " + log;
  }

  private void take(byte[] bytes) {
    put(BudgetRecordCodec.decode(bytes));
  }

  private void put(BudgetRecord record) {
    replaced += index.put(record) ? 1 : 0;
  }
}
