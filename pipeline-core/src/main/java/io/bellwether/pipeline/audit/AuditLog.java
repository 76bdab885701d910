package io.bellwether.pipeline.audit;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.audit.AuditViews.Deployment;
import io.bellwether.store.RecordLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An append-only chain of entries in a file. Thread-safe.
 *
 * <p>It is verified when it is opened and by {@link #verify()}: an entry that was changed, taken
 * out, moved or put in is named. Entries cut off at the end are noticed by the file {@code
 * NAME.head} beside it; who can rewrite both is found out only by a {@link #head()} kept somewhere
 * else, see {@link #verify(AuditHead)}.
 */
public final class AuditLog implements AutoCloseable {
  private final Path file;
  private final RecordLog log;
  private final HeadFile headFile;
  private final List<AuditEntry> entries = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  private AuditLog(Path file) {
    this.file = file;
    headFile = new HeadFile(file.resolveSibling(file.getFileName() + ".head"));
    log = RecordLog.open(file, new Verifying());
    try {
      headFile.write(head());
    } catch (RuntimeException e) {
      log.close();
      throw e;
    }
  }

  /**
   * Opens an audit log, or begins one, and verifies it.
   *
   * @throws BellwetherException if it was tampered with or truncated, naming the entry; or as
   *     {@link RecordLog#open(Path, io.bellwether.store.RecordLog.Reader)}
   */
  public static AuditLog open(Path file) {
    return new AuditLog(file);
  }

  /**
   * Writes something down; it is on the disk when this returns. What has been written under the
   * same key before is not written again.
   *
   * @throws BellwetherException if it could not be written
   */
  public synchronized AuditEntry append(AuditRecord record) {
    if (keys.contains(record.key())) {
      return entries.stream()
          .filter(entry -> entry.key().equals(record.key()))
          .findFirst()
          .orElseThrow();
    }
    var head = head();
    var entry = AuditEntry.after(head.entries() + 1, head.hash(), record);
    log.append(entry.toJson().getBytes(StandardCharsets.UTF_8));
    add(entry);
    headFile.write(AuditHead.of(entry));
    return entry;
  }

  /** Every entry, oldest first. */
  public synchronized List<AuditEntry> entries() {
    return List.copyOf(entries);
  }

  /** How far the log has come. */
  public synchronized AuditHead head() {
    return entries.isEmpty() ? AuditHead.EMPTY : AuditHead.of(entries.get(entries.size() - 1));
  }

  /**
   * Reads the file again and verifies it.
   *
   * @throws BellwetherException if it was tampered with or truncated, naming the entry
   */
  public synchronized void verify() {
    var found = new ArrayList<AuditEntry>();
    log.readAll((position, record) -> found.add(parse(record)));
    refuse(AuditChain.broken(found).or(() -> AuditChain.missing(found, head())));
  }

  /**
   * Verifies that the log still holds what it held once.
   *
   * @param then a head that was kept somewhere else
   * @throws BellwetherException if it does not, naming the entry
   */
  public synchronized void verify(AuditHead then) {
    verify();
    refuse(missing(then));
  }

  /** What was deployed, where, when and by whom, who approved and which checks had passed. */
  public List<Deployment> deployments() {
    return AuditViews.deployments(entries());
  }

  /** The overrides nobody has reviewed yet, oldest first. */
  public List<AuditEntry> overridesToReview() {
    return AuditViews.overridesToReview(entries());
  }

  /**
   * Writes down that an override was looked at afterwards.
   *
   * @param override an entry of {@link #overridesToReview()}
   * @param reviewer who; not who overrode, in whatever case it is written
   * @param finding what came of it; not blank
   * @throws BellwetherException if it waits for no review, or must not be reviewed by this person
   */
  public AuditEntry review(AuditEntry override, String reviewer, String finding, Instant at) {
    if (!overridesToReview().contains(override)) {
      throw new BellwetherException("audit entry " + override.number() + " waits for no review");
    }
    if (reviewer.strip().equalsIgnoreCase(override.actor().strip()) || finding.isBlank()) {
      throw new BellwetherException(
          "the override by "
              + override.actor()
              + " has to be reviewed by somebody else, with a finding; not by "
              + reviewer
              + " with '"
              + finding
              + "'");
    }
    return append(
        new AuditRecord(
            override.key() + "/review",
            at,
            AuditKind.OVERRIDE_REVIEWED,
            reviewer,
            "reviewed the override by " + override.actor() + ": " + finding,
            Map.of("override", override.key())));
  }

  /** Every entry as a line of JSON. */
  public String toJsonLines() {
    var text = new StringBuilder();
    entries().forEach(entry -> text.append(entry.toJson()).append('\n'));
    return text.toString();
  }

  /** The log for people: deployments, overrides to review and every entry, as Markdown. */
  public String toMarkdown() {
    return AuditMarkdown.of(entries());
  }

  /** Closes the file and lets others write; harmless when repeated. */
  @Override
  public void close() {
    log.close();
  }

  /** For example {@code audit log /var/lib/chat/audit.log (12 entries)}. */
  @Override
  public String toString() {
    return "audit log " + file + " (" + head().entries() + " entries)";
  }

  /** Verifies before a torn tail is cut off: what is refused stays as it is, as evidence. */
  private final class Verifying implements RecordLog.Reader {
    @Override
    public void read(long position, byte[] record) {
      add(parse(record));
    }

    @Override
    public void ended() {
      refuse(AuditChain.broken(entries).or(() -> headFile.read().flatMap(AuditLog.this::missing)));
    }
  }

  private Optional<String> missing(AuditHead then) {
    return AuditChain.missing(entries, then);
  }

  private void add(AuditEntry entry) {
    entries.add(entry);
    keys.add(entry.key());
  }

  private AuditEntry parse(byte[] record) {
    return AuditEntry.parse(
        "audit log " + file + ", an entry", new String(record, StandardCharsets.UTF_8));
  }

  private void refuse(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new BellwetherException(
          "audit log "
              + file
              + " cannot be trusted: "
              + problem.get()
              + "; it was left as it is. Keep it as evidence, and restore the log from a backup.");
    }
  }
}
