package io.bellwether.metrics;

import java.util.Arrays;

/** What is counted besides latencies, added up. Not thread-safe. */
final class Sums {
  long requests;
  long tokens;
  long errors;
  long empties;
  long rateLimited;
  long scores;
  double scoreSum;
  final long[] kinds = new long[ErrorKinds.LIMIT];

  void clear() {
    requests = 0;
    tokens = 0;
    errors = 0;
    empties = 0;
    rateLimited = 0;
    scores = 0;
    scoreSum = 0;
    Arrays.fill(kinds, 0);
  }

  void addTally(long tally) {
    requests += Tally.count(tally);
    tokens += Tally.tokens(tally);
  }

  void addErrors(int kind, long count) {
    errors += count;
    kinds[kind] += count;
  }

  void add(Sums other) {
    addScalars(other.requests, other.tokens, other.empties, other.rateLimited);
    addScores(other.scores, other.scoreSum);
    for (var kind = 0; kind < kinds.length; kind++) {
      addErrors(kind, other.kinds[kind]);
    }
  }

  void add(Slice slice) {
    addScalars(slice.requests(), slice.tokens(), slice.empties(), slice.rateLimited());
    addScores(slice.scores(), slice.scoreSum());
    var counts = slice.kinds();
    for (var kind = 0; kind < counts.length; kind++) {
      addErrors(kind, counts[kind]);
    }
  }

  void addScores(long count, double sum) {
    scores += count;
    scoreSum += sum;
  }

  /**
   * Hands these counts on. A thread in the middle of recording may have counted an error but not
   * yet the request; no share exceeds the whole for it.
   */
  void copyTo(WindowFigures figures) {
    figures.requests = requests;
    figures.errors = Math.min(requests, errors);
    figures.empties = Math.min(requests - figures.errors, empties);
    figures.rateLimited = Math.min(requests - figures.errors - figures.empties, rateLimited);
    figures.tokens = tokens;
    figures.qualityCount = scores;
    figures.qualityMean = scores == 0 ? Double.NaN : scoreSum / scores;
  }

  private void addScalars(long requests, long tokens, long empties, long rateLimited) {
    this.requests += requests;
    this.tokens += tokens;
    this.empties += empties;
    this.rateLimited += rateLimited;
  }
}
