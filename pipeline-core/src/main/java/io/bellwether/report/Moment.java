package io.bellwether.report;

import io.bellwether.rollout.Phase;
import java.time.Instant;

/**
 * Something that happened to a rollout.
 *
 * @param at when
 * @param kind what kind of thing
 * @param phase the phase it led to, or happened in
 * @param text what, in one sentence
 */
public record Moment(Instant at, Kind kind, Phase phase, String text) {
  /** What kind of thing happened. */
  public enum Kind {
    /** It went on to another phase. */
    PHASE,
    /** Traffic moved. */
    TRAFFIC,
    /** The gates, the judge or the guards said something new. */
    CHECK,
    /** It began to wait, or went on. */
    HOLD,
    /** Somebody asked for something, or agreed. */
    PERSON,
    /** Something did not work, or it goes back. */
    TROUBLE
  }
}
