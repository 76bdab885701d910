package io.bellwether.rollout;

import io.bellwether.release.Version;
import java.util.List;

/**
 * The port that remembers rollouts: one append-only journal of events per run.
 *
 * <p>Implementations are thread-safe. They may block and may throw; a call that throws has changed
 * nothing, or all it was asked to. They may forget ended runs of which people have been told, but
 * not the last ten of a release. {@code RolloutStoreTck} in the test kit holds them to all of this.
 */
public interface RolloutStore {
  /**
   * Appends to a run's journal, if it is as long as the caller believes.
   *
   * @param rollout the run's id; a new one starts a journal
   * @param length how many events the journal holds according to the caller
   * @param events to append; the first of a new journal is {@link RolloutEvent.Accepted}
   * @throws io.bellwether.BellwetherException if the journal has another length, because somebody
   *     else has written to it, or would not begin with {@code Accepted}
   * @throws IllegalArgumentException if these events can never be kept, such as when they are too
   *     many or too long: they are not offered again, and the rollout goes back
   */
  void append(String rollout, long length, List<RolloutEvent> events);

  /** A run's journal; empty if there is none. */
  List<RolloutEvent> journal(String rollout);

  /** The runs of a release, latest first. */
  List<String> runs(String release);

  /**
   * The runs that somebody has to go on with, oldest first: all but those that have ended and of
   * whose end people were told, which is what {@link RolloutEvent.Announced} says.
   */
  List<String> unfinished();

  /**
   * The versions of a release that have been stable, latest first, each once; at least the last
   * ten. Empty while nothing has been promoted.
   */
  List<Version> stableVersions(String release);

  /** Whether journals outlive the process. */
  boolean durable();
}
