package io.bellwether.pipeline.audit;

import io.bellwether.BellwetherException;
import io.bellwether.internal.JsonObject;
import io.bellwether.internal.JsonWriting;
import java.util.LinkedHashMap;

/**
 * How far an audit log has come. Kept somewhere else, it shows later whether the log still holds
 * what it held then.
 *
 * @param entries how many entries it has
 * @param hash the last entry's, 64 zeros while there is none
 */
public record AuditHead(long entries, String hash) {
  /** Refuses what no log can have. */
  public AuditHead {
    if (entries < 0 || !hash.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException(
          "audit head: "
              + entries
              + " entries and hash '"
              + hash
              + "', expected 0 entries or more and 64 hexadecimal digits");
    }
  }

  static final AuditHead EMPTY = new AuditHead(0, AuditEntry.NOTHING);

  static AuditHead of(AuditEntry last) {
    return new AuditHead(last.number(), last.hash());
  }

  /** The head as one line of JSON. */
  public String toJson() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("entries", entries);
    fields.put("hash", hash);
    return JsonWriting.line(fields);
  }

  /**
   * Reads what {@link #toJson()} wrote.
   *
   * @throws BellwetherException if it is none
   */
  public static AuditHead parse(String json) {
    var in = JsonObject.parse("audit head", json);
    try {
      return new AuditHead(in.number("entries").longValueExact(), in.text("hash"));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw new BellwetherException("audit head: " + json + " is none: " + e.getMessage(), e);
    }
  }
}
