package io.bellwether.pipeline;

import java.util.Map;
import java.util.Optional;

/** What a stage is told while it runs. Thread-safe. */
public interface StageContext {
  /** The run's id. */
  String run();

  /** The stage's name. */
  String stage();

  /** What the run is about. */
  Trigger trigger();

  /** Which try this is, from 1; the tries of ended processes count. */
  int attempt();

  /** Whether an ended process had begun the try before, so that its work may be half done. */
  boolean resumed();

  /** What a stage that succeeded put out; empty for every other. */
  Map<String, String> outputs(String stage);

  /** Whether the stage should stop. */
  boolean stopping();

  /**
   * Runs something once the stage should stop; at once if it should already. Threads of blocking
   * work are interrupted as well.
   */
  void onStop(Runnable task);

  /** One output of a stage before. */
  default Optional<String> output(String stage, String name) {
    return Optional.ofNullable(outputs(stage).get(name));
  }
}
