package io.bellwether.benchmarks.judge;

import java.util.OptionalLong;

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
   * @param exposed the candidate's requests until then, where the judge has changed the weights;
   *     else the run knows
   */
  record Ending(int tick, boolean held, OptionalLong exposed) {
    static final Ending PROMOTED = new Ending(-1, false, OptionalLong.empty());
    static final Ending HELD = new Ending(-1, true, OptionalLong.empty());

    static Ending rolledBackAt(int tick) {
      return new Ending(tick, false, OptionalLong.empty());
    }

    Ending exposed(long requests) {
      return new Ending(tick, held, OptionalLong.of(requests));
    }

    boolean rolledBack() {
      return tick >= 0;
    }
  }
}
