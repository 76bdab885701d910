package io.bellwether.slo;

/** What an event counts as in a ratio of good to valid events. */
public enum Counted {
  /** A good one. */
  GOOD,
  /** A bad one. */
  BAD,
  /** Neither: it is not a valid event, so the total leaves it out too. */
  LEFT_OUT
}
