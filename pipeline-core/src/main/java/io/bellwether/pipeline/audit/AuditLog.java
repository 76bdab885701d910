package io.bellwether.pipeline.audit;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.audit.AuditViews.Deployment;
import io.bellwether.store.RecordLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An append-only chain of entries, in a file or any other {@link AuditStore}. Thread-safe.
 *
 * <p>It is verified when it is opened and by {@link #verify()}: an entry that was changed, taken
 * out, moved or put in is named. Entries cut off at the end are noticed by the file {@code
 * NAME.head} beside it; who can rewrite both is found out only by a {@link #head()} kept somewhere
 * else, see {@link #verify(AuditHead)}.
 */
public final class AuditLog implements AutoCloseable {
  private static final int ATTEMPTS = 100;

  private final AuditStore store;
  private final String name;
  private final List<AuditEntry> entries = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();

  private AuditLog(AuditStore store) {
    this.store = store;
    name = "audit log " + store;
    var head = store.head(); // before the lines, which others may be adding to
    take(store.read(0), head);
  }

  private AuditLog(Path file) {
    name = "audit log " + file;
    var opened = FileAuditStore.open(file, this::take);
    store = opened;
    try {
      opened.write(headHere());
    } catch (RuntimeException e) {
      opened.close();
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
   * Opens an audit log that is kept somewhere else, or begins one, and verifies it.
   *
   * @param store is closed with the log
   * @throws BellwetherException if it was tampered with or truncated, naming the entry; or if the
   *     store fails
   */
  public static AuditLog over(AuditStore store) {
    return new AuditLog(store);
  }

  /** What is refused stays as it is, as evidence. */
  private void take(List<String> lines, Optional<AuditHead> head) {
    lines.forEach(line -> add(parse(line)));
    refuse(AuditChain.broken(entries).or(() -> head.flatMap(this::missing)));
  }

  /**
   * Writes something down; it is safe when this returns. What has been written under the same key
   * before is not written again.
   *
   * @throws BellwetherException if it could not be written
   */
  public synchronized AuditEntry append(AuditRecord record) {
    for (var left = ATTEMPTS; left > 0; left--) {
      if (keys.contains(record.key())) {
        return entries.stream()
            .filter(entry -> entry.key().equals(record.key()))
            .findFirst()
            .orElseThrow();
      }
      var head = headHere();
      var entry = AuditEntry.after(head.entries() + 1, head.hash(), record);
      if (store.append(head, entry.toJson(), AuditHead.of(entry))) {
        add(entry);
        return entry;
      }
      hearOthers();
    }
    throw new BellwetherException(
        name
            + " took nothing in "
            + ATTEMPTS
            + " attempts, since others append without a pause; try again");
  }

  /** Takes in what other processes have appended; a chain that does not go on is refused. */
  private void hearOthers() {
    var known = entries.size();
    var more = store.read(known).stream().map(this::parse).toList();
    var all = new ArrayList<>(entries);
    all.addAll(more);
    refuse(AuditChain.broken(all));
    more.forEach(this::add);
  }

  /** Every entry, oldest first. */
  public synchronized List<AuditEntry> entries() {
    if (store.isShared()) {
      hearOthers();
    }
    return List.copyOf(entries);
  }

  /** How far the log has come. */
  public synchronized AuditHead head() {
    if (store.isShared()) {
      hearOthers();
    }
    return headHere();
  }

  private AuditHead headHere() {
    return entries.isEmpty() ? AuditHead.EMPTY : AuditHead.of(entries.get(entries.size() - 1));
  }

  /**
   * Reads the log again and verifies it.
   *
   * @throws BellwetherException if it was tampered with or truncated, naming the entry
   */
  public synchronized void verify() {
    var found = store.read(0).stream().map(this::parse).toList();
    refuse(AuditChain.broken(found).or(() -> AuditChain.missing(found, headHere())));
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

  /** Closes what keeps it, and lets others write to a file; harmless when repeated. */
  @Override
  public void close() {
    store.close();
  }

  /** For example {@code audit log /var/lib/chat/audit.log (12 entries)}. */
  @Override
  public synchronized String toString() {
    return name + " (" + headHere().entries() + " entries)";
  }

  private Optional<String> missing(AuditHead then) {
    return AuditChain.missing(entries, then);
  }

  private void add(AuditEntry entry) {
    entries.add(entry);
    keys.add(entry.key());
  }

  private AuditEntry parse(String line) {
    return AuditEntry.parse(name + ", an entry", line);
  }

  private void refuse(Optional<String> problem) {
    if (problem.isPresent()) {
      throw new BellwetherException(
          name
              + " cannot be trusted: "
              + problem.get()
              + "; it was left as it is. Keep it as evidence, and restore the log from a backup.");
    }
  }
}
