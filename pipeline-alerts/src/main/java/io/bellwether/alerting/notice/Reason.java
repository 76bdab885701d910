package io.bellwether.alerting.notice;

import java.util.Locale;

/** Why people are told now. */
public enum Reason {
  /** Nothing has to be told. */
  NONE,
  /** The first of a group. */
  FIRST,
  /** More alerts in a group people know of. */
  NEW_ALERTS,
  /** Some of a group are over. */
  SOME_RESOLVED,
  /** All of a group are over. */
  ALL_RESOLVED,
  /** It still lasts. */
  REPEAT,
  /** Something happened. */
  EVENT,
  /** It began and ended while the receiver could not be reached. */
  LATE,
  /** Nobody acknowledged it. */
  ESCALATED,
  /** Another receiver could not be reached. */
  FALLBACK,
  /** More than people can read: how much there was in all. */
  STORM;

  /** In lower case, such as {@code new_alerts}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
