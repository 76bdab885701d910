package io.bellwether.metrics;

import java.util.List;

/**
 * What became of the requests of one version that started within one block of time: all that a
 * comparison between versions needs to know.
 *
 * <p>Requests are in the block they <em>started</em> in, so that quick failures are never weighed
 * against slow successes of another moment. Blocks of two versions with the same start and end
 * cover the same moment; their sums over replicas are sufficient too. Immutable and thread-safe.
 *
 * @param sequence consecutive per version from 1 in the order of sealing; 0 while the block is open
 * @param start when the block began, in nanoseconds of the windows' ticker
 * @param end when it ended, exclusive, likewise
 * @param requests requests that ended or passed the deadline; once sealed, all that started
 * @param errors failures; a request that took longer than the deadline is one
 * @param empties answers without content
 * @param rateLimited turned away by a rate limit
 * @param slow requests that took longer than the latency cut; none without a cut
 * @param tokens tokens of all requests
 * @param cappedTokens the same, each request counted up to the token cap only
 * @param means one for each {@link CappedMean} of the windows, in their order
 */
public record BlockCounts(
    long sequence,
    long start,
    long end,
    long requests,
    long errors,
    long empties,
    long rateLimited,
    long slow,
    long tokens,
    long cappedTokens,
    List<MeanCount> means) {

  /** Copies the means. */
  public BlockCounts {
    means = List.copyOf(means);
  }

  /** The useful answers. */
  public long successes() {
    return requests - errors - empties - rateLimited;
  }
}
