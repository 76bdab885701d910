package io.bellwether.micrometer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Tag;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The counts of all meters that matter, as they were last seen. Not thread-safe. */
final class CountBook {
  private static final class Entry {
    final Key key;
    final boolean isTokens;
    final Cumulative cumulative = new Cumulative();
    @Nullable Meter meter;

    Entry(Key key, boolean isTokens) {
      this.key = key;
      this.isTokens = isTokens;
    }

    /** Another meter of the same name and tags begins anew, whatever it shows. */
    void sees(Meter now, double value) {
      if (now != meter) {
        gone();
        meter = now;
      }
      cumulative.shows(value);
    }

    void gone() {
      cumulative.isGone();
      meter = null;
    }
  }

  private final MeterRegistry registry;
  private final MicrometerSettings settings;
  private final Map<Meter.Id, Entry> entries = new HashMap<>();

  CountBook(MeterRegistry registry, MicrometerSettings settings) {
    this.registry = registry;
    this.settings = settings;
  }

  /** Looks at the meters; the counts of each version that has some now. */
  Map<Key, Counts> look() {
    var seen = new HashSet<Meter.Id>();
    look(settings.requests(), Statistic.COUNT, seen);
    if (!settings.tokens().isEmpty()) {
      look(settings.tokens(), Statistic.TOTAL, seen);
    }
    var sums = new HashMap<Key, Counts>();
    seen.forEach(id -> key(id).ifPresent(key -> sums.put(key, Counts.NONE)));
    entries.forEach(
        (id, entry) -> {
          if (!seen.contains(id)) {
            entry.gone();
          }
          sums.computeIfPresent(entry.key, (key, sum) -> sum.plus(counts(id, entry)));
        });
    return sums;
  }

  /** Forgets the meters of versions nobody asks about any more. */
  void keepOnly(Set<Key> keys) {
    entries.values().removeIf(entry -> !keys.contains(entry.key));
  }

  private void look(String name, Statistic statistic, Set<Meter.Id> seen) {
    for (var meter : registry.find(name).meters()) {
      var id = meter.getId();
      key(id)
          .ifPresent(
              key -> {
                seen.add(id);
                entries
                    .computeIfAbsent(id, fresh -> new Entry(key, statistic == Statistic.TOTAL))
                    .sees(meter, value(meter, statistic));
              });
    }
  }

  private Optional<Key> key(Meter.Id id) {
    var version = id.getTag(settings.versionTag());
    var release = settings.releaseTag().isEmpty() ? "" : id.getTag(settings.releaseTag());
    return version == null || release == null
        ? Optional.empty()
        : Optional.of(new Key(release, version));
  }

  private Counts counts(Meter.Id id, Entry entry) {
    var count = entry.cumulative.count();
    return entry.isTokens
        ? new Counts(0, 0, 0, 0, count)
        : new Counts(
            count,
            hasAny(id, settings.errors()) ? count : 0,
            hasAny(id, settings.empties()) ? count : 0,
            hasAny(id, settings.rateLimited()) ? count : 0,
            0);
  }

  private static boolean hasAny(Meter.Id id, Set<Tag> tags) {
    return id.getTags().stream().anyMatch(tags::contains);
  }

  /** How many, or how much where a summary adds up; a counter has nothing but its count. */
  private static double value(Meter meter, Statistic wanted) {
    var count = 0.0;
    for (var measurement : meter.measure()) {
      if (measurement.getStatistic() == wanted) {
        return measurement.getValue();
      }
      if (measurement.getStatistic() == Statistic.COUNT) {
        count = measurement.getValue();
      }
    }
    return count;
  }
}
