package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Severity;
import java.util.EnumMap;
import java.util.Map;

/** What happened since the last daily summary. */
final class Counts {
  private final Map<Severity, Integer> fired = new EnumMap<>(Severity.class);
  private int resolved;
  private int delivered;
  private int failed;

  void fired(Severity severity) {
    fired.merge(severity, 1, Integer::sum);
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
    fired.clear();
    resolved = 0;
    delivered = 0;
    failed = 0;
    return text;
  }

  private int count(Severity severity) {
    return fired.getOrDefault(severity, 0);
  }
}
