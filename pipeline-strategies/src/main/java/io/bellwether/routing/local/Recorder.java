package io.bellwether.routing.local;

import static java.util.Objects.requireNonNull;

import io.bellwether.metrics.CappedMean;
import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import io.bellwether.time.Ticker;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a routed call exactly once, and records it without ever standing in its way. */
final class Recorder {
  private final Ticker ticker;
  private final List<CappedMean> means;
  private final @Nullable JudgedOnce once;
  private final Faults faults;

  Recorder(OutcomeWindows windows, @Nullable JudgedOnce once, Faults faults) {
    this.ticker = windows.ticker();
    this.means = once == null ? windows.means() : once.means();
    this.once = once;
    this.faults = faults;
  }

  /**
   * Makes a call.
   *
   * @param key whose request it is; null for a copy, which is no request of anybody
   */
  <T extends @Nullable Object, X extends Throwable> T call(
      Arm arm, @Nullable String key, Classifier<? super T> classifier, RoutedCall<T, X> call)
      throws X {
    var start = ticker.nanos();
    var window = arm.window();
    var judged = judged(arm, key, call, start);
    begin(window, judged, start);
    T answer;
    try {
      answer = call.on(arm.version());
    } catch (Throwable failure) {
      end(window, judged, start, ticker.nanos(), failureOf(failure, classifier), 0);
      throw failure;
    }
    var end = ticker.nanos(); // before the host's judgement, which is no part of the latency
    var outcome = outcomeOf(answer, classifier);
    if (!means.isEmpty()) {
      takeValues(once == null ? window : judged, start, answer, classifier);
    }
    end(window, judged, start, end, outcome, tokensOf(answer, classifier));
    return answer;
  }

  /** Begins a request whose end is told later. */
  RoutedRequest begin(Arm arm, @Nullable String key) {
    var start = ticker.nanos();
    RoutedCall<Version, RuntimeException> call = version -> version; // a request of its own
    var judged = judged(arm, key, call, start);
    begin(arm.window(), judged, start);
    return new RoutedRequest(arm, judged, ticker, start);
  }

  private static void begin(OutcomeWindow window, @Nullable OutcomeWindow judged, long start) {
    window.begin(start);
    if (judged != null) {
      judged.begin(start);
    }
  }

  private static void end(
      OutcomeWindow window,
      @Nullable OutcomeWindow judged,
      long start,
      long end,
      Outcome outcome,
      long tokens) {
    window.end(start, end, outcome, tokens);
    if (judged != null) {
      judged.end(start, end, outcome, tokens);
    }
  }

  private @Nullable OutcomeWindow judged(
      Arm arm, @Nullable String key, RoutedCall<?, ?> call, long start) {
    if (once == null || key == null) {
      return null;
    }
    try {
      return once.admits(key, call, start) ? arm.judged() : null;
    } catch (Throwable fault) {
      faults.report("a call's id", "its outcome is not judged", fault);
      return null;
    }
  }

  private <T extends @Nullable Object> void takeValues(
      @Nullable OutcomeWindow window, long start, T answer, Classifier<? super T> classifier) {
    for (var mean = 0; window != null && mean < means.size(); mean++) {
      try {
        var value = classifier.value(means.get(mean).name(), answer);
        if (!Double.isNaN(value)) {
          window.value(start, mean, value);
        }
      } catch (Throwable fault) {
        faults.report("the classifier's value", "the answer counts without it", fault);
      }
    }
  }

  private <T extends @Nullable Object> Outcome outcomeOf(
      T answer, Classifier<? super T> classifier) {
    try {
      return requireNonNull(classifier.outcome(answer), "the classifier gave no outcome");
    } catch (Throwable fault) {
      faults.report("the classifier's outcome", "an answer counts as success", fault);
      return answer == null ? Outcome.empty() : Outcome.success();
    }
  }

  private <T extends @Nullable Object> long tokensOf(T answer, Classifier<? super T> classifier) {
    try {
      return classifier.tokens(answer);
    } catch (Throwable fault) {
      faults.report("the classifier's token count", "the answer counts without tokens", fault);
      return 0;
    }
  }

  private Outcome failureOf(Throwable failure, Classifier<?> classifier) {
    try {
      return requireNonNull(classifier.failure(failure), "the classifier gave no outcome");
    } catch (Throwable fault) {
      faults.report("the classifier's judgement of a failure", "it counts by its class", fault);
      return ErrorKinds.of(failure);
    }
  }
}
