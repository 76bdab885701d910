package io.bellwether.benchmarks.judge;

/** A judge under test, given whole runs: it sees the ticks in order and stops at its rollback. */
interface Rival {
  /** How a run ends. */
  Ending judge(Run run);

  /** Whether this judge can say anything on a row. */
  default boolean judges(Row row) {
    return true;
  }

  /**
   * How a run ends.
   *
   * @param tick the tick at whose end it was rolled back; -1 if it was not
   * @param held whether it was not promoted either
   */
  record Ending(int tick, boolean held) {
    static final Ending PROMOTED = new Ending(-1, false);
    static final Ending HELD = new Ending(-1, true);

    static Ending rolledBackAt(int tick) {
      return new Ending(tick, false);
    }

    boolean rolledBack() {
      return tick >= 0;
    }
  }
}
