package io.bellwether.micrometer;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.MetricSource;
import io.bellwether.metrics.Reading;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Reads the experience of users from meters a service has already.
 *
 * <p><b>Rates and counts</b> are differences between samples of the meters' cumulative counts. A
 * sample is taken with every question and by {@link #sample}, which the host calls every few
 * seconds for windows to begin when they should: a window begins at the last sample before it, or
 * at the first there is. A count that has fallen means the meter began anew, after it was removed
 * or the registry was cleared, and counts from zero; so nothing becomes negative and nothing is
 * counted twice. Registries whose counts begin anew with every step (those that publish to
 * step-based systems) are not cumulative and cannot be read.
 *
 * <p><b>Percentiles</b> are those Micrometer keeps, over the time its meters are configured for
 * ({@code distributionStatisticExpiry}) and not over the window asked for: of the percentile
 * histograms of all timers of a version, or of the one timer that publishes the percentile.
 *
 * <p>A version without meters is no data. Thread-safe.
 */
public final class MicrometerMetricSource implements MetricSource {
  private static final String SOURCE = "Micrometer registry";
  private static final long STEP_NANOS = 1_000_000_000;

  private final MeterRegistry registry;
  private final MicrometerSettings settings;
  private final Map<Key, History> histories = new HashMap<>();
  private final CountBook book;
  private boolean sampled;
  private long lastSample;

  private MicrometerMetricSource(MeterRegistry registry, MicrometerSettings settings) {
    this.registry = registry;
    this.settings = settings;
    book = new CountBook(registry, settings);
  }

  /**
   * A source over this registry; takes the first sample.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static MicrometerMetricSource create(
      MeterRegistry registry, Consumer<MicrometerMetricSourceBuilder> settings) {
    var builder = new MicrometerMetricSourceBuilder();
    settings.accept(builder);
    var source = new MicrometerMetricSource(registry, builder.build());
    source.sample();
    return source;
  }

  /** Remembers the counts of this moment; to be called every few seconds by the host. */
  public synchronized void sample() {
    var now = settings.ticker().nanos();
    book.look().forEach((key, counts) -> history(key).add(now, counts));
    histories
        .values()
        .removeIf(history -> now - history.lastNanos() >= settings.length().toNanos());
    book.keepOnly(histories.keySet());
    sampled = true;
    lastSample = now;
  }

  /** The answer to one question. */
  @Override
  public synchronized Reading read(MetricQuery query) {
    sample();
    return answer(query);
  }

  /** The answers to several questions, from one sample. */
  @Override
  public synchronized Map<MetricQuery, Reading> readAll(Collection<MetricQuery> queries) {
    sample();
    var readings = new HashMap<MetricQuery, Reading>();
    queries.forEach(query -> readings.put(query, answer(query)));
    return readings;
  }

  private Reading answer(MetricQuery query) {
    if (query.window().compareTo(settings.length()) > 0) {
      return Reading.noData(
          SOURCE,
          "samples are kept for "
              + settings.length()
              + ", asked for "
              + query.window()
              + ": raise the length");
    }
    var release = settings.releaseTag().isEmpty() ? "" : query.release();
    var history = histories.get(new Key(release, query.version().id()));
    if (history == null) {
      return Reading.noData(
          SOURCE,
          "no meter '"
              + settings.requests()
              + "' with "
              + settings.versionTag()
              + "="
              + query.version());
    }
    var counts = history.since(lastSample - query.window().toNanos());
    return answer(query, counts);
  }

  private Reading answer(MetricQuery query, Counts counts) {
    return switch (query.metric().name()) {
      case "error_rate" -> of(counts.share(counts.errors()), counts);
      case "success_rate" -> of(counts.share(counts.successes()), counts);
      case "empty_rate" -> told(settings.empties(), counts.share(counts.empties()), counts);
      case "rate_limited_rate" ->
          told(settings.rateLimited(), counts.share(counts.rateLimited()), counts);
      case "request_count" -> of(counts.requests(), counts);
      case "tokens_mean" ->
          settings.tokens().isEmpty()
              ? none(query.metric())
              : of(
                  counts.requests() == 0 ? Double.NaN : counts.tokens() / counts.requests(),
                  counts);
      case "latency_p50" -> Latencies.of(timers(query), 0.5, SOURCE);
      case "latency_p95" -> Latencies.of(timers(query), 0.95, SOURCE);
      case "latency_p99" -> Latencies.of(timers(query), 0.99, SOURCE);
      default -> none(query.metric());
    };
  }

  private static Reading told(Set<Tag> tags, double value, Counts counts) {
    return tags.isEmpty()
        ? Reading.noData(SOURCE, "no tag was named by which such requests are known")
        : of(value, counts);
  }

  private static Reading of(double value, Counts counts) {
    return Reading.of(value, Math.round(counts.requests()), SOURCE);
  }

  private static Reading none(Metric metric) {
    return Reading.noData(SOURCE, "no meter was named for " + metric);
  }

  private Collection<Timer> timers(MetricQuery query) {
    var search =
        registry.find(settings.requests()).tag(settings.versionTag(), query.version().id());
    return (settings.releaseTag().isEmpty()
            ? search
            : search.tag(settings.releaseTag(), query.release()))
        .timers();
  }

  private History history(Key key) {
    return histories.computeIfAbsent(
        key,
        unknown -> {
          var history = new History(settings.length().toNanos(), STEP_NANOS);
          if (sampled) {
            history.add(lastSample, Counts.NONE); // its meters are younger than the last sample
          }
          return history;
        });
  }
}
