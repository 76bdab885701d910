package io.bellwether.examples.quickstart.load;

import java.time.Duration;

/**
 * A trace played at another pace, and from the start again whenever it ends.
 *
 * @param trace what to play
 * @param pace how many nanoseconds of ours a nanosecond of the trace takes
 */
public record Arrivals(Trace trace, double pace) {
  /** Plays a trace so that this many requests come in this time, on average. */
  public static Arrivals of(Trace trace, int requests, Duration during) {
    return new Arrivals(trace, during.toNanos() / (double) requests / meanGap(trace));
  }

  /** When a request is due, in nanoseconds after the first one; requests are numbered from 0. */
  public long dueNanos(long request) {
    var lap = request / trace.size();
    var before = lap * (trace.span().toNanos() + meanGap(trace));
    return (long) ((before + trace.arrivalNanos(index(request))) * pace);
  }

  /** The row of the trace that a request repeats. */
  public int index(long request) {
    return (int) (request % trace.size());
  }

  private static double meanGap(Trace trace) {
    return trace.span().toNanos() / (double) (trace.size() - 1);
  }
}
