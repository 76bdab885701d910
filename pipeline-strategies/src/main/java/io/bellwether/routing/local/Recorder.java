package io.bellwether.routing.local;

import static java.util.Objects.requireNonNull;

import io.bellwether.metrics.Outcome;
import io.bellwether.time.Ticker;
import org.jspecify.annotations.Nullable;

/** Makes a routed call exactly once, and records it without ever standing in its way. */
final class Recorder {
  private final Ticker ticker;
  private final Faults faults;

  Recorder(Ticker ticker, Faults faults) {
    this.ticker = ticker;
    this.faults = faults;
  }

  <T extends @Nullable Object, X extends Throwable> T call(
      Arm arm, Classifier<? super T> classifier, RoutedCall<T, X> call) throws X {
    var start = ticker.nanos();
    arm.window().begin(start);
    T answer;
    try {
      answer = call.on(arm.version());
    } catch (Throwable failure) {
      arm.window().end(start, ticker.nanos(), failureOf(failure, classifier), 0);
      throw failure;
    }
    var end = ticker.nanos(); // before the host's judgement, which is no part of the latency
    arm.window().end(start, end, outcomeOf(answer, classifier), tokensOf(answer, classifier));
    return answer;
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
