package io.bellwether.analysis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the comparison of one launch has come: all that has to be remembered between two looks,
 * as plain values for a journal.
 *
 * <p>Blocks are made of the counts of stretches of time at one weight only. A stretch that lies not
 * wholly within one of the given {@link WeightSpan}s is set aside without a look at its outcomes,
 * and so is one that is older than what was judged last: a factor once multiplied in is never
 * changed. Counts that still wait for requests of the other version are not remembered; they are
 * asked for again. Immutable and thread-safe.
 *
 * @param launch how many times the version has been tried, from 1
 * @param numbers the judge's state; empty before the first look
 * @param sequence the last block's
 * @param upTo everything that began before this has been judged or set aside
 */
public record Trial(int launch, List<Double> numbers, long sequence, Instant upTo) {
  /** Copies the numbers. */
  public Trial {
    numbers = List.copyOf(numbers);
  }

  /**
   * What a look came to.
   *
   * @param next to look from the next time
   * @param judgement what the judge says now
   */
  public record Look(Trial next, Judgement judgement) {}

  /** Nothing looked at yet. */
  public static Trial begin(int launch, Instant from) {
    return new Trial(launch, List.of(), 0, from);
  }

  /**
   * Judges what has become known since the last look.
   *
   * <p>A judge whose settings are not those the state was kept with starts anew, as another launch:
   * a test whose settings change midway guarantees nothing.
   *
   * @param judge the judge
   * @param history stable's blocks from before; looked at only where the judge starts
   * @param counts oldest first
   * @param spans when which weight was in force, oldest first
   */
  public Look look(
      CanaryJudge judge,
      List<ArmCounts> history,
      List<ComparedCounts> counts,
      List<WeightSpan> spans) {
    return resume(judge)
        .map(state -> look(launch, state, counts, spans))
        .orElseGet(
            () -> {
              var anew = numbers.isEmpty() ? launch : launch + 1;
              return look(anew, judge.start(anew, history), counts, spans);
            });
  }

  private Optional<CanaryJudge.State> resume(CanaryJudge judge) {
    if (numbers.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(judge.resume(numbers));
    } catch (IllegalArgumentException otherSettings) {
      return Optional.empty();
    }
  }

  private Look look(
      int launch, CanaryJudge.State state, List<ComparedCounts> counts, List<WeightSpan> spans) {
    var pairing = BlockPairing.after(sequence);
    var blocks = new ArrayList<PairedBlock>();
    var end = upTo;
    for (var count : counts) {
      var span = count.start().isBefore(end) ? Optional.<WeightSpan>empty() : within(spans, count);
      if (span.isPresent()) {
        var paired = pairing.next(count.at(span.get().weight()));
        pairing = paired.next();
        blocks.addAll(paired.blocks());
      }
      end = count.end().isAfter(end) ? count.end() : end;
    }
    var next = after(state, blocks);
    var last = blocks.isEmpty() ? sequence : blocks.get(blocks.size() - 1).sequence();
    var open = pairing.openFrom();
    var judged = open.isPresent() ? Instant.EPOCH.plusNanos(open.getAsLong()) : end;
    var everything = after(next, pairing.flush().blocks());
    return new Look(new Trial(launch, next.numbers(), last, judged), everything.judgement());
  }

  /**
   * What still waits for requests of the other version is no evidence, but it shows that one of
   * them is not heard any more.
   */
  private static CanaryJudge.State after(CanaryJudge.State state, List<PairedBlock> blocks) {
    var next = state;
    for (var block : blocks) {
      next = next.next(block);
    }
    return next;
  }

  private static Optional<WeightSpan> within(List<WeightSpan> spans, ComparedCounts counts) {
    return spans.stream().filter(span -> span.contains(counts.start(), counts.end())).findFirst();
  }
}
