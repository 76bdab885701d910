package io.bellwether.pipeline.audit;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;

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
  /** Copies the details; refuses what is missing, by its name: it could not be read again. */
  public AuditRecord {
    Objects.requireNonNull(key, "audit record: key is null");
    var what = "audit record '" + key + "'";
    Objects.requireNonNull(at, () -> what + ": at is null");
    Objects.requireNonNull(kind, () -> what + ": kind is null");
    Objects.requireNonNull(actor, () -> what + ": actor is null; say who");
    Objects.requireNonNull(summary, () -> what + ": summary is null; say what happened");
    Objects.requireNonNull(details, () -> what + ": details are null; Map.of() says none");
    details.forEach(
        (name, detail) ->
            Objects.requireNonNull(detail, () -> what + ": the detail '" + name + "' is null"));
    details = Map.copyOf(details);
    if (key.isBlank() || actor.isBlank()) {
      throw new IllegalArgumentException(
          "audit record: key '" + key + "' and actor '" + actor + "' must not be blank");
    }
  }
}
