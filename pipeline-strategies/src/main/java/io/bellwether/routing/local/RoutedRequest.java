package io.bellwether.routing.local;

import io.bellwether.metrics.Outcome;
import io.bellwether.metrics.OutcomeWindow;
import io.bellwether.release.Version;
import io.bellwether.time.Ticker;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A request that was routed and whose end is still to be told: a stream, or a call whose answer
 * comes on another thread. One that is never ended counts as a timeout. Thread-safe.
 */
public final class RoutedRequest {
  private final Version version;
  private final OutcomeWindow window;
  private final @Nullable OutcomeWindow judged;
  private final Ticker ticker;
  private final long start;
  private final AtomicBoolean ended = new AtomicBoolean();

  RoutedRequest(Arm arm, @Nullable OutcomeWindow judged, Ticker ticker, long start) {
    this.version = arm.version();
    this.window = arm.window();
    this.judged = judged;
    this.ticker = ticker;
    this.start = start;
  }

  /** The version to answer with, whatever happens to the weights meanwhile. */
  public Version version() {
    return version;
  }

  /**
   * It has ended just now. Only the first end counts.
   *
   * @param outcome how
   * @param tokens what it used; 0 if unknown
   * @return whether this was the first end
   */
  public boolean end(Outcome outcome, long tokens) {
    var first = ended.compareAndSet(false, true);
    if (first) {
      var end = ticker.nanos();
      window.end(start, end, outcome, tokens);
      if (judged != null) {
        judged.end(start, end, outcome, tokens);
      }
    }
    return first;
  }
}
