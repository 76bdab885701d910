package io.bellwether.pipeline.audit;

import java.util.List;
import java.util.Optional;

/**
 * What is wrong with a chain of entries, if anything is; the first thing, by the entry's number.
 */
final class AuditChain {
  private AuditChain() {}

  static Optional<String> broken(List<AuditEntry> entries) {
    var head = AuditHead.EMPTY;
    for (var entry : entries) {
      var expected = head.entries() + 1;
      if (entry.number() != expected) {
        return Optional.of(
            "entry " + expected + " is missing, entry " + entry.number() + " stands in its place");
      }
      if (!entry.hash().equals(entry.expectedHash())) {
        return Optional.of("entry " + expected + " was changed: its hash is not its content's");
      }
      if (!entry.previous().equals(head.hash())) {
        return Optional.of(
            "entry " + (expected - 1) + " was replaced: entry " + expected + " follows another");
      }
      head = AuditHead.of(entry);
    }
    return Optional.empty();
  }

  /** Whether these entries, a good chain, still hold what the log held once. */
  static Optional<String> missing(List<AuditEntry> entries, AuditHead then) {
    if (entries.size() < then.entries()) {
      return Optional.of(
          "it was truncated: it has "
              + entries.size()
              + " entries and had "
              + then.entries()
              + ", entry "
              + (entries.size() + 1)
              + " is the first missing");
    }
    if (then.entries() > 0 && !entries.get((int) then.entries() - 1).hash().equals(then.hash())) {
      return Optional.of("it was rewritten: entry " + then.entries() + " is not the one it was");
    }
    return Optional.empty();
  }
}
