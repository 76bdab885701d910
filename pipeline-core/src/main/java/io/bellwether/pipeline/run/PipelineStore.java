package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineEvent;
import java.util.List;

/**
 * The port that remembers runs: one append-only journal of events per run.
 *
 * <p>Implementations are thread-safe. They may block and may throw; a call that throws has changed
 * nothing, or all it was asked to. They may forget runs that have ended.
 */
public interface PipelineStore {
  /**
   * Appends to a run's journal, if it is as long as the caller believes.
   *
   * @param run the run's id; a new one starts a journal
   * @param length how many events the journal holds according to the caller
   * @param events to append; the first of a new journal is {@link PipelineEvent.Accepted}
   * @throws io.bellwether.BellwetherException if the journal has another length, because somebody
   *     else has written to it
   */
  void append(String run, long length, List<PipelineEvent> events);

  /** A run's journal; empty if there is none. */
  List<PipelineEvent> journal(String run);

  /** The runs of a pipeline, latest first. */
  List<String> runs(String pipeline);

  /** The runs that have not ended, oldest first. */
  List<String> unfinished();

  /** Whether journals outlive the process. */
  boolean durable();
}
