package io.bellwether.metrics;

import io.bellwether.Problems;
import io.bellwether.release.Version;
import io.bellwether.time.Ticker;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** The outcome windows of every release and version in this process. Thread-safe. */
public final class OutcomeWindows implements MetricSource {
  private static final String SOURCE = "in-process window";

  private final Builder settings;
  private final ConcurrentHashMap<String, ConcurrentHashMap<Version, OutcomeWindow>> releases =
      new ConcurrentHashMap<>();

  private OutcomeWindows(Builder settings) {
    this.settings = settings;
  }

  /** Windows with the default settings on this ticker. */
  public static OutcomeWindows create(Ticker ticker) {
    return create(b -> b.ticker(ticker));
  }

  /** Windows with these settings. */
  public static OutcomeWindows create(Consumer<Builder> settings) {
    var builder = builder();
    settings.accept(builder);
    return builder.build();
  }

  /** Starts from the default settings. */
  public static Builder builder() {
    return new Builder();
  }

  /** The window of this version, made on first use. */
  public OutcomeWindow of(String release, Version version) {
    return releases
        .computeIfAbsent(release, r -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            version, v -> new OutcomeWindow(settings.ticker, settings.length, settings.deadline));
  }

  /** The window of this version, if it has been used. */
  public Optional<OutcomeWindow> find(String release, Version version) {
    var versions = releases.get(release);
    return versions == null ? Optional.empty() : Optional.ofNullable(versions.get(version));
  }

  /** Ends the current block of every version of a release at the same moment. */
  public void cutBlocks(String release, long nowNanos) {
    var versions = releases.get(release);
    if (versions != null) {
      versions.values().forEach(window -> window.cutBlock(nowNanos));
    }
  }

  /** The ticker whose readings the windows expect. */
  public Ticker ticker() {
    return settings.ticker;
  }

  @Override
  public Reading read(MetricQuery query) {
    return find(query.release(), query.version())
        .map(window -> reading(query.metric(), window.snapshot(query.window())))
        .orElseGet(() -> Reading.noData(SOURCE, "no request of " + query.version() + " yet"));
  }

  private static Reading reading(Metric metric, WindowSnapshot s) {
    return switch (metric.name()) {
      case "error_rate" -> Reading.of(s.errorRate(), s.requests(), SOURCE);
      case "success_rate" -> Reading.of(s.successRate(), s.requests(), SOURCE);
      case "empty_rate" -> Reading.of(s.emptyRate(), s.requests(), SOURCE);
      case "rate_limited_rate" -> Reading.of(s.rateLimitedRate(), s.requests(), SOURCE);
      case "latency_p50" -> Reading.of(s.p50(), s.requests(), SOURCE);
      case "latency_p95" -> Reading.of(s.p95(), s.requests(), SOURCE);
      case "latency_p99" -> Reading.of(s.p99(), s.requests(), SOURCE);
      case "request_count" -> Reading.of(s.requests(), s.requests(), SOURCE);
      case "tokens_mean" -> Reading.of(s.tokensMean(), s.requests(), SOURCE);
      case "in_flight" -> Reading.of(s.inFlight(), s.requests(), SOURCE);
      default -> Reading.noData(SOURCE, metric + " is not kept");
    };
  }

  /** Collects the settings of outcome windows. Not thread-safe. */
  public static final class Builder {
    private Ticker ticker = Ticker.system();
    private Duration length = Duration.ofMinutes(10);
    private Duration slice = Duration.ofSeconds(10);
    private Duration deadline = Duration.ofSeconds(60);

    private Builder() {}

    /** The time the windows run on; the JVM's clock by default. */
    public Builder ticker(Ticker ticker) {
      this.ticker = ticker;
      return this;
    }

    /** How far back the windows reach; 10 minutes by default. */
    public Builder length(Duration length) {
      this.length = length;
      return this;
    }

    /** The step by which the windows move on; 10 seconds by default. */
    public Builder slice(Duration slice) {
      this.slice = slice;
      return this;
    }

    /** When a request that has not ended counts as a timeout; 60 seconds by default. */
    public Builder deadline(Duration deadline) {
      this.deadline = deadline;
      return this;
    }

    /** The windows. */
    public OutcomeWindows build() {
      new Problems()
          .require(length.compareTo(slice) > 0, "length " + length + " not over slice " + slice)
          .throwIfAny("outcome windows");
      return new OutcomeWindows(this);
    }
  }
}
