package io.bellwether.pipeline.audit;

import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One entry of the audit log.
 *
 * @param number from 1, without a gap
 * @param key the occurrence; no two entries have the same
 * @param at when it happened
 * @param kind what it tells
 * @param actor who did it
 * @param summary one sentence for people
 * @param details further facts by name; never a secret
 * @param previous the hash of the entry before, 64 zeros for the first
 * @param hash of this entry, SHA-256 in hexadecimal, over everything above
 */
public record AuditEntry(
    long number,
    String key,
    Instant at,
    AuditKind kind,
    String actor,
    String summary,
    Map<String, String> details,
    String previous,
    String hash) {
  /** What stands before the first entry. */
  static final String NOTHING = "0".repeat(64);

  /** Copies the details, in the order of their names. */
  public AuditEntry {
    details = Collections.unmodifiableMap(new TreeMap<>(details));
  }

  static AuditEntry after(long number, String previous, AuditRecord record) {
    var open =
        new AuditEntry(
            number,
            record.key(),
            record.at(),
            record.kind(),
            record.actor(),
            record.summary(),
            record.details(),
            previous,
            "");
    return open.withHash(open.expectedHash());
  }

  /** What its hash has to be. */
  String expectedHash() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      var text = JsonWriting.line(withoutHash());
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The entry as one line of JSON. */
  public String toJson() {
    var fields = withoutHash();
    fields.put("hash", hash);
    return JsonWriting.line(fields);
  }

  static AuditEntry parse(String what, String json) {
    var in = JsonObject.parse(what, json);
    return new AuditEntry(
        in.number("number").longValueExact(),
        in.text("key"),
        in.read("at", Instant::parse),
        in.read("kind", AuditKind::valueOf),
        in.text("actor"),
        in.text("summary"),
        in.textMap("details"),
        in.text("previous"),
        in.text("hash"));
  }

  private Map<String, Object> withoutHash() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("number", number);
    fields.put("key", key);
    fields.put("at", at);
    fields.put("kind", kind);
    fields.put("actor", actor);
    fields.put("summary", summary);
    fields.put("details", details);
    fields.put("previous", previous);
    return fields;
  }

  private AuditEntry withHash(String hash) {
    return new AuditEntry(number, key, at, kind, actor, summary, details, previous, hash);
  }

  /** For example {@code 7 2026-01-01T00:00:00Z DEPLOYED by dev: v7 to production}. */
  @Override
  public String toString() {
    return number + " " + at + " " + kind + " by " + actor + ": " + summary;
  }
}
