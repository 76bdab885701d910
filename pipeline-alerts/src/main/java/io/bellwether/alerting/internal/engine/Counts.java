package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Severity;
import java.util.Arrays;

/** What happened since the last daily summary. */
final class Counts {
  private final int[] fired = new int[Severity.values().length];
  private int resolved;
  private int delivered;
  private int failed;

  void fired(Severity severity) {
    fired[severity.ordinal()]++;
  }

  void resolved() {
    resolved++;
  }

  void delivered() {
    delivered++;
  }

  void failed() {
    failed++;
  }

  /** In a sentence, and from zero again. */
  String summarize(int stillFiring) {
    var text =
        count(Severity.CRITICAL)
            + " critical, "
            + count(Severity.WARNING)
            + " warning and "
            + count(Severity.INFO)
            + " info alerts began, "
            + resolved
            + " were resolved, "
            + stillFiring
            + " still fire; "
            + delivered
            + " notifications arrived, "
            + failed
            + " attempts failed.";
    Arrays.fill(fired, 0);
    resolved = 0;
    delivered = 0;
    failed = 0;
    return text;
  }

  private int count(Severity severity) {
    return fired[severity.ordinal()];
  }
}
