package io.bellwether.metrics;

/**
 * What one version did within one slice that is over: by the time requests <em>ended</em>, as
 * readings count them. The sums over several processes are the figures of them all. Immutable and
 * thread-safe.
 *
 * @param start when the slice began, in nanoseconds of the windows' ticker
 * @param end when it ended, exclusive, likewise
 * @param requests requests that ended or reached the deadline
 * @param errors failures, timeouts among them
 * @param empties answers without content
 * @param rateLimited turned away by a rate limit
 * @param tokens tokens of all requests
 * @param scores how many scores were given
 * @param scoreSum their sum
 * @param latencies how long the requests took
 */
public record SliceCounts(
    long start,
    long end,
    long requests,
    long errors,
    long empties,
    long rateLimited,
    long tokens,
    long scores,
    double scoreSum,
    LatencyHistogram latencies) {}
