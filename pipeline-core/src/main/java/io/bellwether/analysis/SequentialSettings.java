package io.bellwether.analysis;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/** What a {@link SequentialJudge} is told; the builder documents each. */
record SequentialSettings(
    String name,
    Ratio alpha,
    Ratio beta,
    List<JudgedStream> streams,
    List<Lift> lifts,
    double cash,
    double refill,
    boolean tempered,
    List<ArmCounts> history,
    long minimumSample,
    Ratio freshness,
    OptionalLong promoteAfter) {
  private static final double LEAST_PART = 1e-6;

  /** Refuses, all at once, what guarantees nothing. */
  SequentialSettings {
    streams = List.copyOf(streams);
    lifts = List.copyOf(lifts);
    history = List.copyOf(history);
    var stakes = streams.stream().map(JudgedStream::stake).toList();
    var names = streams.stream().map(JudgedStream::name).toList();
    new Problems()
        .require(!name.isBlank(), "the name is blank")
        .require(isInside(alpha), "alpha is " + alpha + ", expected above 0% and below 100%")
        .require(isInside(beta), "beta is " + beta + ", expected above 0% and below 100%")
        .require(!names.isEmpty(), "no stream; add one, such as JudgedStream.errors()")
        .require(
            names.stream().distinct().count() == names.size(), "two streams of one name: " + names)
        .require(!lifts.isEmpty(), "no lift to bet on; add one, such as Lift.times(2, 1)")
        .require(cash >= 0 && Double.isFinite(cash), "cash is " + cash + ", expected at least 0")
        .require(
            Double.isFinite(cash + lifts.stream().mapToDouble(Lift::prior).sum()),
            "the priors of the lifts add up to infinity; make them smaller")
        .require(
            leastPart(streams) >= LEAST_PART,
            "a stream has less than a millionth of the alarm budget; make the stakes more alike: "
                + stakes)
        .require(refill >= 0 && refill < 1, "refill is " + refill + ", expected from 0 to below 1")
        .require(minimumSample >= 1, "minimumSample is " + minimumSample + ", expected at least 1")
        .require(
            promoteAfter.isEmpty() || promoteAfter.getAsLong() >= 1,
            "promoteAfter is " + promoteAfter.orElse(0) + ", expected at least 1")
        .throwIfAny("judge '" + name + "'");
  }

  private static double leastPart(List<JudgedStream> streams) {
    var stakes = streams.stream().mapToDouble(JudgedStream::stake).summaryStatistics();
    return streams.isEmpty() ? 1 : stakes.getMin() / stakes.getSum();
  }

  private static boolean isInside(Ratio ratio) {
    return ratio.value() > 0 && ratio.value() < 1;
  }

  /**
   * A hash of everything the test's validity rests on. What was learned from the history is part of
   * a state, so it need not be at hand to go on with one.
   */
  int fingerprint() {
    var numbers = new ArrayList<>(List.of(alpha.value(), beta.value(), cash, refill));
    numbers.add(tempered ? 1.0 : 0.0);
    for (var stream : streams) {
      numbers.addAll(
          List.of(
              (double) stream.source().ordinal(),
              (double) stream.index(),
              stream.stake(),
              stream.tolerance().value(),
              stream.harm().value()));
    }
    for (var lift : lifts) {
      numbers.addAll(List.of((double) lift.scale().ordinal(), lift.size(), lift.prior()));
    }
    return Arrays.hashCode(numbers.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
