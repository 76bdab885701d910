package io.bellwether.routing.local;

import static java.util.Objects.requireNonNull;

import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.release.Version;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Copies a share of stable's requests to the candidate, after stable has answered them. */
final class Mirror {
  /** 2^64 divided by the golden ratio, made odd. */
  private static final long STRIDE = 0x9E3779B97F4A7C15L;

  private final String release;
  private final Recorder recorder;
  private final OutcomeWindows windows;
  private final Faults faults;
  private final MirrorQueue queue;

  private final AtomicLong place = new AtomicLong();
  private final LongAdder matches = new LongAdder();
  private final LongAdder mismatches = new LongAdder();

  Mirror(
      String release, Recorder recorder, OutcomeWindows windows, Faults faults, MirrorQueue queue) {
    this.release = release;
    this.recorder = recorder;
    this.windows = windows;
    this.faults = faults;
    this.queue = queue;
  }

  /** Has stable answer the request, and copies it if it is its turn. */
  <T extends @Nullable Object, X extends Throwable> T call(
      RoutingPlan plan,
      @Nullable String key,
      Classifier<? super T> classifier,
      @Nullable MirrorComparator<? super T> comparator,
      RoutedCall<T, X> call)
      throws X {
    if (!chooses(plan)) {
      return recorder.call(plan.stable(), key, classifier, call);
    }
    T answer;
    try {
      answer = recorder.call(plan.stable(), key, classifier, call);
    } catch (Throwable failure) {
      // Copied all the same: else the candidate would be spared the requests that are hard.
      copy(plan.candidate(), classifier, call, candidates -> {});
      throw failure;
    }
    copy(
        plan.candidate(),
        classifier,
        call,
        comparator == null
            ? candidates -> {}
            : candidates -> compare(plan.candidate(), comparator, answer, candidates));
    return answer;
  }

  MirrorCounts counts() {
    return queue.counts(matches.sum(), mismatches.sum());
  }

  /**
   * Whether the next request is copied.
   *
   * <p>Requests stand at the multiples of the golden ratio, modulo one. These fill any share more
   * evenly than chance does: after n requests the count is off by a few at most. And no rhythm of
   * the traffic (every second request is a retry) can hide from them, since every n-th request
   * stands as evenly as all of them.
   */
  private boolean chooses(RoutingPlan plan) {
    return plan.mirrors(place.getAndAdd(STRIDE) >>> 32);
  }

  private <T extends @Nullable Object> void copy(
      Arm candidate,
      Classifier<? super T> classifier,
      RoutedCall<T, ?> call,
      Consumer<T> comparison) {
    try {
      queue.send(candidate, () -> make(candidate, classifier, call, comparison));
    } catch (Throwable fault) {
      faults.report("mirroring a request", "it is not mirrored", fault);
    }
  }

  private <T extends @Nullable Object> void make(
      Arm candidate,
      Classifier<? super T> classifier,
      RoutedCall<T, ?> call,
      Consumer<T> comparison) {
    T answer;
    try {
      answer = recorder.call(candidate, null, classifier, call::mirrored);
    } catch (Throwable failure) {
      failed(candidate.version(), failure);
      return;
    }
    comparison.accept(answer);
  }

  /** Recorded already; told once, since no caller will ever see it. */
  private void failed(Version candidate, Throwable failure) {
    if (failure instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    faults.tell(
        "the mirrored call of " + candidate + " (" + failure.getClass().getSimpleName() + ")",
        "it counts in the version's window, and no user noticed",
        failure);
  }

  private <T extends @Nullable Object> void compare(
      Arm candidate, MirrorComparator<? super T> comparator, T stables, T candidates) {
    try {
      var comparison =
          requireNonNull(
              comparator.compare(stables, candidates), "the comparator gave no comparison");
      (comparison.matches() ? matches : mismatches).increment();
      var outcome = comparison.matches() ? Outcome.success() : Outcome.error(comparison.label());
      windows
          .comparisons(release, candidate.version())
          .record(windows.ticker().nanos(), 0, outcome, 0);
    } catch (Throwable fault) {
      faults.report("the comparator of mirrored answers", "two answers are not compared", fault);
    }
  }
}
