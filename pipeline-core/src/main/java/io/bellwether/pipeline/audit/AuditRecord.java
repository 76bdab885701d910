package io.bellwether.pipeline.audit;

import java.time.Instant;
import java.util.Map;

/**
 * Something to be written down.
 *
 * @param key the occurrence; what is offered twice under the same key is written once
 * @param at when it happened
 * @param kind what it tells
 * @param actor who did it
 * @param summary one sentence for people
 * @param details further facts by name; never a secret
 */
public record AuditRecord(
    String key,
    Instant at,
    AuditKind kind,
    String actor,
    String summary,
    Map<String, String> details) {
  /** Copies the details. */
  public AuditRecord {
    details = Map.copyOf(details);
    if (key.isBlank() || actor.isBlank()) {
      throw new IllegalArgumentException(
          "audit record: key '" + key + "' and actor '" + actor + "' must not be blank");
    }
  }
}
