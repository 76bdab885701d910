package io.bellwether.micrometer;

import io.bellwether.Problems;
import io.bellwether.time.Ticker;
import io.micrometer.core.instrument.Tag;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/** Says which meters mean what to a {@link MicrometerMetricSource}. Not thread-safe. */
public final class MicrometerMetricSourceBuilder {
  private static final Duration LONGEST = Duration.ofDays(1);

  private String requests = "";
  private String tokens = "";
  private String releaseTag = "";
  private String versionTag = "version";
  private final Set<Tag> errors = new HashSet<>();
  private final Set<Tag> empties = new HashSet<>();
  private final Set<Tag> rateLimited = new HashSet<>();
  private Duration length = Duration.ofMinutes(10);
  private Ticker ticker = Ticker.system();

  MicrometerMetricSourceBuilder() {}

  /** The name of the timers, summaries or counters that count requests; required. */
  public MicrometerMetricSourceBuilder requests(String name) {
    requests = name;
    return this;
  }

  /** The name of the counters or summaries that add up tokens; no tokens unless stated. */
  public MicrometerMetricSourceBuilder tokens(String name) {
    tokens = name;
    return this;
  }

  /** The tag whose value is the version; {@code version} unless stated. */
  public MicrometerMetricSourceBuilder versionTag(String key) {
    versionTag = key;
    return this;
  }

  /** The tag whose value is the release; unless stated, all meters are of every release. */
  public MicrometerMetricSourceBuilder releaseTag(String key) {
    releaseTag = key;
    return this;
  }

  /** Requests with this tag and one of these values failed; required. */
  public MicrometerMetricSourceBuilder errors(String key, String... values) {
    add(errors, key, values);
    return this;
  }

  /** Requests with this tag and one of these values had no content. */
  public MicrometerMetricSourceBuilder empties(String key, String... values) {
    add(empties, key, values);
    return this;
  }

  /** Requests with this tag and one of these values were turned away by a rate limit. */
  public MicrometerMetricSourceBuilder rateLimited(String key, String... values) {
    add(rateLimited, key, values);
    return this;
  }

  /** How far back questions may reach; 10 minutes unless stated, a day at most. */
  public MicrometerMetricSourceBuilder length(Duration length) {
    this.length = length;
    return this;
  }

  /** The time the samples are taken on; the JVM's monotonic clock unless stated. */
  public MicrometerMetricSourceBuilder ticker(Ticker ticker) {
    this.ticker = ticker;
    return this;
  }

  MicrometerSettings build() {
    var twice = new HashSet<>(errors);
    twice.retainAll(empties);
    var limitedTwice = new HashSet<>(rateLimited);
    limitedTwice.removeIf(tag -> !errors.contains(tag) && !empties.contains(tag));
    twice.addAll(limitedTwice);
    new Problems()
        .require(!requests.isBlank(), "no requests: name the meters that count them")
        .require(!versionTag.isBlank(), "no versionTag: name the tag that tells versions apart")
        .require(!errors.isEmpty(), "no errors: say by which tag a failure is known")
        .require(twice.isEmpty(), "these tags mean more than one thing: " + twice)
        .require(
            length.compareTo(Duration.ofSeconds(1)) >= 0 && length.compareTo(LONGEST) <= 0,
            "length " + length + ": expected from PT1S to " + LONGEST)
        .throwIfAny("Micrometer metric source");
    return new MicrometerSettings(
        requests,
        tokens,
        releaseTag,
        versionTag,
        Set.copyOf(errors),
        Set.copyOf(empties),
        Set.copyOf(rateLimited),
        length,
        ticker);
  }

  private static void add(Set<Tag> tags, String key, String... values) {
    Arrays.stream(values).map(value -> Tag.of(key, value)).forEach(tags::add);
  }
}
