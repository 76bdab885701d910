package io.bellwether.pipeline.audit;

import io.bellwether.store.RecordLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps an audit log in a file, and its head in another beside it. One process at a time. */
final class FileAuditStore implements AuditStore {
  private final Path file;
  private final RecordLog log;
  private final HeadFile headFile;

  /** Refuses what cannot be trusted. */
  @FunctionalInterface
  interface Check {
    void verify(List<String> lines, Optional<AuditHead> head);
  }

  /** Verifies before a torn tail is cut off: what is refused stays as it is, as evidence. */
  private record Verifying(List<String> lines, HeadFile headFile, Check check)
      implements RecordLog.Reader {
    @Override
    public void read(long position, byte[] record) {
      lines.add(new String(record, StandardCharsets.UTF_8));
    }

    @Override
    public void ended() {
      check.verify(lines, headFile.read());
    }
  }

  private FileAuditStore(Path file, Check check) {
    this.file = file;
    headFile = new HeadFile(file.resolveSibling(file.getFileName() + ".head"));
    log = RecordLog.open(file, new Verifying(new ArrayList<>(), headFile, check));
  }

  static FileAuditStore open(Path file, Check check) {
    return new FileAuditStore(file, check);
  }

  /** Says how far the log has come, which the file beside it may not know after a kill. */
  void write(AuditHead head) {
    headFile.write(head);
  }

  @Override
  public List<String> read(long after) {
    var lines = new ArrayList<String>();
    log.readAll((position, record) -> lines.add(new String(record, StandardCharsets.UTF_8)));
    return lines.subList((int) Math.min(after, lines.size()), lines.size());
  }

  @Override
  public Optional<AuditHead> head() {
    return headFile.read();
  }

  @Override
  public boolean append(AuditHead before, String line, AuditHead after) {
    log.append(line.getBytes(StandardCharsets.UTF_8));
    headFile.write(after);
    return true;
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void close() {
    log.close();
  }

  /** For example {@code /var/lib/chat/audit.log}. */
  @Override
  public String toString() {
    return file.toString();
  }
}
