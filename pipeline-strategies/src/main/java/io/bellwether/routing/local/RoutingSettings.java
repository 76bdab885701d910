package io.bellwether.routing.local;

import io.bellwether.Problems;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.time.Ticker;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the builders of one router and of several have in common. */
final class RoutingSettings {
  private final Map<String, Predicate<? super String>> cohorts = new LinkedHashMap<>();
  private @Nullable Ticker ticker;
  private @Nullable OutcomeWindows windows;
  private @Nullable JudgedSettings judged;
  private @Nullable MirrorSettings mirror;

  void cohort(String name, Predicate<? super String> members) {
    if (name.isBlank()) {
      throw new IllegalArgumentException(
          "cohort: the name is blank, expected one such as \"beta\"");
    }
    if (cohorts.putIfAbsent(name, members) != null) {
      throw new IllegalArgumentException("cohort '" + name + "' is already registered");
    }
  }

  void ticker(Ticker ticker) {
    this.ticker = ticker;
  }

  void windows(OutcomeWindows windows) {
    this.windows = windows;
  }

  void judged(OutcomeWindows windows, boolean byRequest) {
    this.judged = new JudgedSettings(windows, byRequest);
  }

  void mirrorOn(Executor executor, MirrorLimits limits) {
    this.mirror = new MirrorSettings(executor, limits);
  }

  @Nullable JudgedSettings judged() {
    return judged;
  }

  @Nullable MirrorSettings mirror() {
    return mirror;
  }

  Map<String, Predicate<? super String>> cohorts() {
    return Map.copyOf(cohorts);
  }

  /** The windows to record into; their ticker is the one that times the calls. */
  OutcomeWindows windows(String subject) {
    var recorded = windows == null ? OutcomeWindows.create(ticker()) : windows;
    new Problems()
        .require(
            ticker == null || ticker == recorded.ticker(),
            "the ticker is another than the windows': set one of the two, as latencies are"
                + " measured on the windows' ticker")
        .require(
            judged == null || judged.windows() != recorded,
            "the judged windows are those that count everything: give the judge windows of its own")
        .require(
            judged == null || judged.windows().ticker() == recorded.ticker(),
            "the judged windows have another ticker: make both on the same one")
        .throwIfAny(subject);
    return recorded;
  }

  private Ticker ticker() {
    if (ticker != null) {
      return ticker;
    }
    return judged == null ? Ticker.system() : judged.windows().ticker();
  }
}
