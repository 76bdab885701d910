package io.bellwether.metrics;

import io.bellwether.release.Version;
import io.bellwether.time.Durations;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The outcome windows of every release and version in this process, and the metric source over
 * them.
 *
 * <p>As a source it answers for the versions it has a window of. One without requests in the window
 * answers with zero samples, and with NaN where a value needs requests: that is low traffic. A
 * version it has never met, a metric it does not keep, a window longer than its own: that is no
 * data, with the reason.
 *
 * <p>It keeps as many windows as it was told to. When one more is made, the window whose last
 * request is the longest ago is dropped, but never one with a request in flight or within its
 * length; so there are more only while more versions really have traffic. Whoever still holds a
 * dropped window brings it back by recording into it, with its next slice at the latest.
 *
 * <p>Thread-safe.
 */
public final class OutcomeWindows implements MetricSource {
  private static final class Versions {
    final ConcurrentHashMap<Version, OutcomeWindow> windows = new ConcurrentHashMap<>();
    volatile @Nullable Long lastCut;
    volatile @Nullable Duration latencyCut;

    /** Nothing has to be remembered for versions that come later. */
    boolean isForgettable() {
      return windows.isEmpty() && lastCut == null && latencyCut == null;
    }
  }

  /** What one snapshot answers. */
  private record Part(OutcomeWindow window, Duration length) {
    WindowSnapshot snapshot() {
      return window.snapshot(length);
    }
  }

  private final WindowSettings settings;
  private final Duration length;
  private final @Nullable TokenLimit tokenLimit;
  private final int versionsKept;
  private final WindowReadings readings;
  private final ConcurrentHashMap<String, Versions> releases = new ConcurrentHashMap<>();

  OutcomeWindows(
      WindowSettings settings, Duration length, @Nullable TokenLimit tokenLimit, int versionsKept) {
    this.settings = settings;
    this.length = length;
    this.tokenLimit = tokenLimit;
    this.versionsKept = versionsKept;
    readings = new WindowReadings("outcome windows of this process");
  }

  /** Windows with the default settings on this ticker. */
  public static OutcomeWindows create(Ticker ticker) {
    return builder().ticker(ticker).build();
  }

  /** Windows with these settings. */
  public static OutcomeWindows create(Consumer<OutcomeWindowsBuilder> settings) {
    var builder = builder();
    settings.accept(builder);
    return builder.build();
  }

  /** Starts from the default settings. */
  public static OutcomeWindowsBuilder builder() {
    return new OutcomeWindowsBuilder();
  }

  /** The ticker whose readings the windows expect. */
  public Ticker ticker() {
    return settings.ticker();
  }

  /** The window of this version, made on first use. Hold on to it where requests are recorded. */
  public OutcomeWindow of(String release, Version version) {
    var versions = releases.get(release);
    var window = versions == null ? null : versions.windows.get(version);
    return window == null ? make(release, version) : window;
  }

  /**
   * How mirrored answers of this version compare with stable's answers to the same requests; made
   * on first use and kept like any other window. A match is recorded as a success, a mismatch as an
   * error of its kind, so that {@link Metric#MIRROR_MISMATCH_RATE} is the error rate here and the
   * kinds tell the mismatches apart.
   */
  public OutcomeWindow comparisons(String release, Version version) {
    return of(compared(release), version);
  }

  /** The window of this version, if there is one. */
  public Optional<OutcomeWindow> find(String release, Version version) {
    var versions = releases.get(release);
    return versions == null ? Optional.empty() : Optional.ofNullable(versions.windows.get(version));
  }

  /**
   * Ends a block of every version of a release at this moment, so that none spans a change of
   * weight and the blocks of the versions cover the same time. A block is cut into 16 at most; what
   * changes more often shares the last of them.
   *
   * @param nowNanos a reading of the ticker
   */
  public void cutBlocks(String release, long nowNanos) {
    var versions = releases.get(release);
    if (versions != null) {
      versions.lastCut = nowNanos;
      versions.windows.values().forEach(window -> window.cutBlock(nowNanos));
    }
  }

  /**
   * What a version did over the time just past, for others to read; empty if it has no window.
   *
   * @param window rounded up to whole slices
   * @throws IllegalArgumentException if the window is not positive or longer than is kept
   */
  public Optional<MetricsDocument> document(String release, Version version, Duration window) {
    if (window.compareTo(length) > 0) {
      throw new IllegalArgumentException(tooLong(window));
    }
    return find(release, version)
        .map(found -> MetricsDocument.of(found.snapshot(window), tokens(release)));
  }

  /** The releases that have windows, comparisons of mirrored answers under names of their own. */
  public Set<String> releases() {
    return Set.copyOf(releases.keySet());
  }

  /** The versions of a release that have windows. */
  public Set<Version> versions(String release) {
    var versions = releases.get(release);
    return versions == null ? Set.of() : Set.copyOf(versions.windows.keySet());
  }

  /** How far back the windows reach. */
  public Duration length() {
    return length;
  }

  /**
   * From now on requests of every version of a release that take longer than this count as slow in
   * the blocks, also those of versions first met later.
   *
   * @param cut more than nothing; one longer than the deadline counts as the deadline
   * @throws IllegalArgumentException if it is not positive; nothing changes then
   */
  public synchronized void latencyCut(String release, Duration cut) {
    if (cut.isZero() || cut.isNegative()) {
      throw new IllegalArgumentException(
          "latency cut "
              + Durations.plain(cut)
              + " of '"
              + release
              + "': expected more than nothing");
    }
    var deadline = Duration.ofNanos(settings.deadlineNanos());
    var within = cut.compareTo(deadline) < 0 ? cut : deadline;
    var versions = releases.computeIfAbsent(release, name -> new Versions());
    versions.latencyCut = within;
    versions.windows.values().forEach(window -> window.latencyCut(within));
  }

  /** How long a block is unless it is cut. */
  public Duration blockLength() {
    return Duration.ofNanos(settings.blockNanos());
  }

  /** Up to how many tokens a request is counted in the blocks' capped tokens. */
  public long tokenCap() {
    return settings.tokenCap();
  }

  /** The means whose values the windows take, in the order of {@link BlockCounts#means}. */
  public List<CappedMean> means() {
    return settings.means();
  }

  /** The answer to one question. */
  @Override
  public Reading read(MetricQuery query) {
    return answer(query, Part::snapshot);
  }

  /** The answers to several questions, from one snapshot per version and window. */
  @Override
  public Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    var answers = new HashMap<MetricQuery, Reading>();
    var snapshots = new HashMap<Part, WindowSnapshot>();
    for (var query : queries) {
      var answer = answer(query, part -> snapshots.computeIfAbsent(part, Part::snapshot));
      answers.put(query, answer);
    }
    return answers;
  }

  WindowSettings settings() {
    return settings;
  }

  private Reading answer(MetricQuery query, Function<Part, WindowSnapshot> snapshots) {
    var window = find(query.release(), query.version());
    if (window.isEmpty()) {
      return readings.none(
          "no request of version " + query.version() + " of '" + query.release() + "' yet");
    }
    if (query.metric().equals(Metric.TOKEN_USAGE)) {
      return tokenUsage(query.release());
    }
    if (query.window().compareTo(length) > 0) {
      return readings.none(tooLong(query.window()));
    }
    var asked =
        query.metric().equals(Metric.MIRROR_MISMATCH_RATE)
            ? find(compared(query.release()), query.version())
            : window;
    return asked
        .map(found -> readings.of(query, snapshots.apply(new Part(found, query.window()))))
        .orElseGet(readings::nothingCompared);
  }

  /** A key of its own, since no release has a blank in its name. */
  private static String compared(String release) {
    return release + " compared";
  }

  private String tooLong(Duration asked) {
    return "windows are kept for "
        + Durations.plain(length)
        + ", asked for "
        + Durations.plain(asked)
        + ": raise the length of the outcome windows";
  }

  private Reading tokenUsage(String release) {
    if (tokenLimit == null) {
      return readings.none("no token limit is stated: set tokenLimit of the outcome windows");
    }
    var use = tokenUse(release, tokenLimit.per());
    return readings.ofTokens(use.tokens(), tokenLimit.tokens(), use.requests());
  }

  private MetricsDocument.TokenUsage tokens(String release) {
    var per = tokenLimit == null ? length : tokenLimit.per();
    var used = Math.round(tokenUse(release, per).tokens());
    return MetricsDocument.TokenUsage.of(used, tokenLimit == null ? 0 : tokenLimit.tokens());
  }

  private TokenUse tokenUse(String release, Duration per) {
    var versions = releases.get(release);
    var used = 0.0;
    var requests = 0L;
    if (versions != null) {
      for (var window : versions.windows.values()) {
        var use = window.tokenUse(per);
        used += use.tokens();
        requests += use.requests();
      }
    }
    return new TokenUse(used, requests);
  }

  private synchronized OutcomeWindow make(String release, Version version) {
    var known = find(release, version);
    if (known.isPresent()) {
      return known.get();
    }
    makeRoom();
    var versions = releases.computeIfAbsent(release, name -> new Versions());
    var window = new OutcomeWindow(settings, revived -> takeBack(release, version, revived));
    versions.windows.put(version, window);
    var lastCut = versions.lastCut;
    if (lastCut != null) {
      window.cutBlock(lastCut);
    }
    var latencyCut = versions.latencyCut;
    if (latencyCut != null) {
      window.latencyCut(latencyCut);
    }
    return window;
  }

  /** A dropped window is used again; if its version has a new one by now, that one stays. */
  private synchronized void takeBack(String release, Version version, OutcomeWindow window) {
    var versions = releases.computeIfAbsent(release, name -> new Versions());
    if (versions.windows.putIfAbsent(version, window) == null) {
      window.dropped(false);
    }
  }

  private void makeRoom() {
    var count = releases.values().stream().mapToInt(versions -> versions.windows.size()).sum();
    if (count < versionsKept) {
      return;
    }
    OutcomeWindow idle = null;
    for (var versions : releases.values()) {
      for (var window : versions.windows.values()) {
        if (!window.isInUse() && (idle == null || window.lastUse() - idle.lastUse() < 0)) {
          idle = window;
        }
      }
    }
    if (idle != null) {
      drop(idle);
    }
  }

  private void drop(OutcomeWindow window) {
    window.dropped(true);
    for (var versions : releases.values()) {
      versions.windows.values().remove(window);
    }
    releases.values().removeIf(Versions::isForgettable);
  }
}
