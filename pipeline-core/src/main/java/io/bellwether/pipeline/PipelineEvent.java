package io.bellwether.pipeline;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Something that happened in a run. Events are what a store remembers; a run's state is its events
 * replayed.
 */
public sealed interface PipelineEvent {
  /** When. */
  Instant at();

  /** What happened, in one sentence. */
  String explain();

  /** Something that happened to one stage. */
  sealed interface OfStage extends PipelineEvent {
    /** The stage's name. */
    String stage();
  }

  /**
   * The run began.
   *
   * @param at when
   * @param run its id
   * @param pipeline the pipeline's name
   * @param trigger what it is about
   * @param stages all stages, each after what it needs
   */
  record Accepted(Instant at, String run, String pipeline, Trigger trigger, List<String> stages)
      implements PipelineEvent {
    /** Copies the stages. */
    public Accepted {
      stages = List.copyOf(stages);
    }

    @Override
    public String explain() {
      return "run " + run + " of " + pipeline + " began: " + trigger;
    }
  }

  /**
   * A stage asked the rules of its environment.
   *
   * @param at when
   * @param stage the stage's name
   * @param environment the environment's name
   */
  record Held(Instant at, String stage, String environment) implements OfStage {
    @Override
    public String explain() {
      return stage + " asks to go to " + environment;
    }
  }

  /**
   * The rules said something new, and the stage still waits.
   *
   * @param at when
   * @param stage the stage's name
   * @param reason what it waits for
   */
  record Waits(Instant at, String stage, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " waits: " + reason;
    }
  }

  /**
   * Somebody said something about a stage.
   *
   * @param at when
   * @param stage the stage's name
   * @param vote who and what
   */
  record Voted(Instant at, String stage, Vote vote) implements OfStage {
    @Override
    public String explain() {
      return stage + ": " + vote;
    }
  }

  /**
   * The rules let a stage go.
   *
   * @param at when
   * @param stage the stage's name
   * @param reason which rules, and on what grounds
   */
  record Cleared(Instant at, String stage, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " may go: " + reason;
    }
  }

  /**
   * A stage was begun.
   *
   * @param at when
   * @param stage the stage's name
   * @param attempt which try, from 1
   * @param resumed whether an ended process had begun the try before
   */
  record Started(Instant at, String stage, int attempt, boolean resumed) implements OfStage {
    @Override
    public String explain() {
      return stage
          + " began"
          + (attempt == 1 ? "" : ", try " + attempt)
          + (resumed ? ", again after its process had ended" : "");
    }
  }

  /**
   * A try failed, and there will be another.
   *
   * @param at when
   * @param stage the stage's name
   * @param reason what was seen
   * @param retryAt when
   */
  record TryFailed(Instant at, String stage, String reason, Instant retryAt) implements OfStage {
    @Override
    public String explain() {
      return stage + " failed and is tried again at " + retryAt + ": " + reason;
    }
  }

  /**
   * A stage that runs should stop.
   *
   * @param at when
   * @param stage the stage's name
   * @param cause why
   * @param reason why, in words
   */
  record Stopping(Instant at, String stage, StopCause cause, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " has to stop: " + reason;
    }
  }

  /**
   * A stage did what it should.
   *
   * @param at when
   * @param stage the stage's name
   * @param message what was seen
   * @param outputs what later stages can read
   */
  record Succeeded(Instant at, String stage, String message, Map<String, String> outputs)
      implements OfStage {
    /** Copies the outputs. */
    public Succeeded {
      outputs = Map.copyOf(outputs);
    }

    @Override
    public String explain() {
      return stage + " succeeded" + (message.isEmpty() ? "" : ": " + message);
    }
  }

  /**
   * A stage failed for good.
   *
   * @param at when
   * @param stage the stage's name
   * @param reason what was seen
   */
  record Failed(Instant at, String stage, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " failed: " + reason;
    }
  }

  /**
   * A stage will not run.
   *
   * @param at when
   * @param stage the stage's name
   * @param cause why
   * @param reason why, in words
   */
  record Skipped(Instant at, String stage, SkipCause cause, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " was skipped: " + reason;
    }
  }

  /**
   * A stage stopped before it was done.
   *
   * @param at when
   * @param stage the stage's name
   * @param reason why
   */
  record Stopped(Instant at, String stage, String reason) implements OfStage {
    @Override
    public String explain() {
      return stage + " was stopped: " + reason;
    }
  }

  /**
   * Somebody cancelled the run.
   *
   * @param at when
   * @param actor who
   * @param reason why
   */
  record Cancelled(Instant at, String actor, String reason) implements PipelineEvent {
    @Override
    public String explain() {
      return actor + " cancelled the run: " + reason;
    }
  }

  /**
   * The run is over.
   *
   * @param at when
   * @param phase how it ended
   */
  record Finished(Instant at, RunPhase phase) implements PipelineEvent {
    @Override
    public String explain() {
      return "the run " + phase;
    }
  }
}
