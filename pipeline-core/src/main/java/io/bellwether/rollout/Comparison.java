package io.bellwether.rollout;

import io.bellwether.analysis.JudgeReason;
import io.bellwether.analysis.Trial;
import io.bellwether.analysis.WeightSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * How the candidate compares with stable, as the plan's judge sees it.
 *
 * @param trial what the judge knows
 * @param spans when which weight was in force for certain, as far as it is still asked for; the
 *     last one may be open
 * @param reason why the judge last decided as it did
 * @param words its last judgement, for people; empty before the first
 */
public record Comparison(Trial trial, List<WeightSpan> spans, JudgeReason reason, String words) {
  /** Copies the spans. */
  public Comparison {
    spans = List.copyOf(spans);
  }

  static Comparison none(int launch, Instant at) {
    return new Comparison(Trial.begin(launch, at), List.of(), JudgeReason.TOO_FEW_REQUESTS, "");
  }

  /** Whether some of the traffic has been divided by chance, so that there is something to ask. */
  boolean hasBegun() {
    return !spans.isEmpty();
  }

  /** Traffic is divided by this span's weight from its beginning on. */
  Comparison opened(WeightSpan span) {
    var all = new ArrayList<>(closed(span.from()).spans);
    if (!span.weight().isZero() && !span.weight().isFull()) {
      all.add(span);
    }
    return new Comparison(trial, all, reason, words);
  }

  /** From this moment on the weight is not certain. */
  Comparison closed(Instant at) {
    return withLast(span -> span.until(at));
  }

  /** Nobody knows what happened to the weight for so long before this moment. */
  Comparison interrupted(Instant at, Duration blind) {
    if (spans.isEmpty() || blind.isZero()) {
      return this;
    }
    var last = spans.get(spans.size() - 1);
    var closed = closed(at.minus(blind));
    return last.to().isPresent() ? closed : closed.opened(WeightSpan.from(last.weight(), at));
  }

  Comparison judged(Judged judged) {
    var upTo = judged.trial().upTo();
    var open =
        spans.stream()
            .filter(span -> span.to().map(end -> end.isAfter(upTo)).orElse(true))
            .toList();
    return new Comparison(judged.trial(), open, judged.reason(), judged.words());
  }

  private Comparison withLast(UnaryOperator<WeightSpan> change) {
    if (spans.isEmpty()) {
      return this;
    }
    var all = new ArrayList<>(spans);
    all.set(all.size() - 1, change.apply(all.get(all.size() - 1)));
    return new Comparison(trial, all, reason, words);
  }
}
