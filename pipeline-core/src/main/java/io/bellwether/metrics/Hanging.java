package io.bellwether.metrics;

import java.util.ArrayDeque;

/**
 * Requests that passed the deadline without ending and have been counted as timeouts, until they
 * end after all; under the window's lock. Only {@value #SPANS} spans of time are told apart, the
 * oldest are put together.
 */
final class Hanging {
  private static final int SPANS = 64;

  private static final class Span {
    final long start;
    final long end;
    long count;

    Span(long start, long end, long count) {
      this.start = start;
      this.end = end;
      this.count = count;
    }
  }

  private final ArrayDeque<Span> spans = new ArrayDeque<>();
  private long count;

  /** Requests that started from {@code start} until before {@code end}, after all others here. */
  void add(long start, long end, long requests) {
    if (requests == 0) {
      return;
    }
    if (spans.size() == SPANS) {
      var oldest = spans.remove();
      var second = spans.remove();
      spans.addFirst(new Span(oldest.start, second.end, oldest.count + second.count));
    }
    spans.add(new Span(start, end, requests));
    count += requests;
  }

  /** One that started then has ended; tells whether one was known. */
  boolean ended(long start) {
    for (var all = spans.iterator(); all.hasNext(); ) {
      var span = all.next();
      if (start - span.start >= 0 && start - span.end < 0) {
        span.count--;
        count--;
        if (span.count == 0) {
          all.remove();
        }
        return true;
      }
    }
    return false;
  }

  long count() {
    return count;
  }

  /** The time before which the oldest started; only while there is one. */
  long oldestEnd() {
    return spans.element().end;
  }
}
