package io.bellwether.metrics;

/**
 * What became of the requests of one version that started within one block of time: the sufficient
 * statistic of a comparison between versions.
 *
 * <p>Requests belong to the block they <em>started</em> in, so that quick failures are never
 * weighed against slow successes of another moment. Times are readings of the windows' ticker;
 * blocks of two versions with the same start and end cover the same moment. Immutable.
 *
 * @param sequence consecutive per version from 1 in the order of sealing; 0 while the block is open
 * @param start when the block began, in nanoseconds of the ticker
 * @param end when it ended, exclusive
 * @param requests how many requests started; equal to the sum of all outcomes once sealed
 * @param errors failures, among them the requests that had not ended by the deadline
 * @param empties answers without content
 * @param rateLimited turned away by a rate limit
 * @param slow requests that took longer than the latency cut
 * @param tokens tokens of all requests
 * @param cappedTokens the same with each request counted up to the token cap
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
    long cappedTokens) {

  /** The useful answers. */
  public long successes() {
    return requests - errors - empties - rateLimited;
  }
}
