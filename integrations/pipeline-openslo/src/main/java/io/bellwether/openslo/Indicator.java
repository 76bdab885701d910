package io.bellwether.openslo;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where the figures of an SLO come from: queries that somebody else understands. Immutable and
 * thread-safe.
 *
 * @param name its name; may be empty where it stands inside its SLO
 * @param words for people
 * @param kind how the sources make a share of good events
 * @param counter whether the sources are counters that only grow
 * @param sources by their role, {@code good}, {@code bad}, {@code total}, {@code raw} or {@code
 *     threshold}
 */
public record Indicator(
    String name, Words words, Kind kind, boolean counter, Map<String, Source> sources) {
  /** How sources make a share of good events. */
  public enum Kind {
    /** Good of total. */
    GOOD_OF_TOTAL,
    /** Total without bad, of total. */
    BAD_OF_TOTAL,
    /** A ready share of good ones. */
    RAW_SUCCESS,
    /** A ready share of bad ones. */
    RAW_FAILURE,
    /** Values that are good or bad by the objective's own comparison. */
    THRESHOLD
  }

  /**
   * A metric source.
   *
   * @param type such as {@code Prometheus}; may be empty where a reference says it
   * @param reference the name of a data source; may be empty
   * @param spec what that source understands: texts, and lists and maps of them
   */
  public record Source(String type, String reference, Map<String, Object> spec) {
    /** Copies the map. */
    public Source {
      spec = Map.copyOf(spec);
    }

    /** A query in Prometheus' language. */
    public static Source prometheus(String query) {
      return new Source("Prometheus", "", Map.of("query", query));
    }
  }

  /** Copies the sources. */
  public Indicator {
    sources = java.util.Collections.unmodifiableMap(new TreeMap<>(sources));
  }

  /** Counters of good and of all events. */
  public static Indicator goodOfTotal(String name, Source good, Source total) {
    return new Indicator(
        name, Words.NONE, Kind.GOOD_OF_TOTAL, true, Map.of("good", good, "total", total));
  }

  /** Counters of bad and of all events. */
  public static Indicator badOfTotal(String name, Source bad, Source total) {
    return new Indicator(
        name, Words.NONE, Kind.BAD_OF_TOTAL, true, Map.of("bad", bad, "total", total));
  }
}
