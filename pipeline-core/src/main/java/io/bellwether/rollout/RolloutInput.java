package io.bellwether.rollout;

import io.bellwether.internal.Texts;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Something that happened to a rollout from outside. Texts of people and ports are kept up to 2,000
 * characters.
 */
public sealed interface RolloutInput {
  /** Time has passed; may come late, early or twice. */
  record Tick() implements RolloutInput {}

  /** There is something new to be seen: gates and judge look at once, whenever they are due. */
  record Look() implements RolloutInput {}

  /**
   * The runner took the run up again after it had stopped; whatever was asked before is asked anew,
   * and a plan that has changed meanwhile is gone on with.
   *
   * @param lastSeen when the run was last looked after
   * @param obstacle why it has to go back instead; empty where nothing stands in its way
   * @param counted whether the time in between counts as bake all the same
   */
  record Recovered(Instant lastSeen, String obstacle, boolean counted) implements RolloutInput {
    /** Cuts what is too long to be kept. */
    public Recovered {
      obstacle = Texts.cut(obstacle);
    }

    /** The time in between is no bake. */
    public Recovered(Instant lastSeen, String obstacle) {
      this(lastSeen, obstacle, false);
    }

    /** The run can go on. */
    public Recovered(Instant lastSeen) {
      this(lastSeen, "");
    }
  }

  /**
   * The metrics were read. Judged as of the moment they were asked for, so that it does not matter
   * how long the answer took; ignored where the rollout has moved on since.
   *
   * @param asOf the moment of the question, {@link RolloutEffect.Measure#asOf}
   * @param readings one per query
   * @param counted what was asked for by {@link RolloutEffect.Measure#blocks}
   * @param healthy whether the candidate is able to serve; empty where nobody could say
   */
  record Measured(
      Instant asOf, Map<MetricQuery, Reading> readings, Counted counted, Optional<Boolean> healthy)
      implements RolloutInput {
    /** Copies the readings. */
    public Measured {
      readings = Map.copyOf(readings);
    }

    /** What was read of a candidate that is able to serve. */
    public Measured(Instant asOf, Map<MetricQuery, Reading> readings, Counted counted) {
      this(asOf, readings, counted, Optional.of(true));
    }

    /** Readings, where no judge compares. */
    public Measured(Instant asOf, Map<MetricQuery, Reading> readings) {
      this(asOf, readings, Counted.NOTHING);
    }
  }

  /** The answer to an effect; ignored unless that effect is awaited. */
  sealed interface Answer extends RolloutInput {
    /** The effect answered. */
    EffectKey key();
  }

  /**
   * The guards have been asked.
   *
   * @param key of the effect
   * @param clearance the strictest answer
   */
  record Cleared(EffectKey key, Clearance clearance) implements Answer {}

  /**
   * A step's work is done.
   *
   * @param key of the effect
   */
  record Done(EffectKey key) implements Answer {}

  /**
   * A step's work is not complete yet.
   *
   * @param key of the effect
   * @param missing what is missing, for people
   */
  record NotYet(EffectKey key, String missing) implements Answer {
    /** Cuts what is too long to be kept. */
    public NotYet {
      missing = Texts.cut(missing);
    }
  }

  /**
   * The router was told and read back.
   *
   * @param key of the effect
   * @param actual what the router says it does
   */
  record Routed(EffectKey key, TrafficSplit actual) implements Answer {}

  /**
   * The router was not told, as the candidate is not able to serve.
   *
   * @param key of the effect
   */
  record Unfit(EffectKey key) implements Answer {}

  /**
   * Stable was looked at after traffic had moved back.
   *
   * @param key of the effect
   * @param found what was found
   */
  record Confirmed(EffectKey key, Confirmation found) implements Answer {}

  /**
   * An effect could not be carried out, or not in time.
   *
   * @param key of the effect
   * @param reason for people
   */
  record Failed(EffectKey key, String reason) implements Answer {
    /** Cuts what is too long to be kept. */
    public Failed {
      reason = Texts.cut(reason);
    }
  }

  /** Somebody wants something; ignored, with a note in the journal, where it makes no sense. */
  sealed interface Request extends RolloutInput {
    /** Who wants it. */
    String actor();
  }

  /**
   * Go back to stable, whatever the gates say.
   *
   * @param actor who wants it
   * @param reason why
   */
  record Abort(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public Abort {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Wait where you are; timers stop, gates go on watching.
   *
   * @param actor who wants it
   * @param reason why
   */
  record Pause(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public Pause {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Go on after a pause.
   *
   * @param actor who wants it
   */
  record Resume(String actor) implements Request {
    /** Cuts what is too long to be kept. */
    public Resume {
      actor = Texts.cut(actor);
    }
  }

  /**
   * Do not wait for the rest of this step.
   *
   * @param actor who wants it
   * @param reason why
   */
  record SkipStep(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public SkipStep {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Go to the last step at once.
   *
   * @param actor who wants it
   * @param reason why
   */
  record PromoteNow(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public PromoteNow {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Agrees to go on.
   *
   * @param actor who agrees
   * @param reason why
   */
  record Approve(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public Approve {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Does not agree to go on.
   *
   * @param actor who does not
   * @param reason why
   */
  record Reject(String actor, String reason) implements Request {
    /** Cuts what is too long to be kept. */
    public Reject {
      actor = Texts.cut(actor);
      reason = Texts.cut(reason);
    }
  }

  /**
   * Make room for a newer version.
   *
   * @param actor who starts it
   * @param by the newer version
   */
  record Supersede(String actor, Version by) implements Request {
    /** Cuts what is too long to be kept. */
    public Supersede {
      actor = Texts.cut(actor);
    }
  }

  /**
   * The plan handed to the decider with this input is another than before.
   *
   * @param actor who changed it
   */
  record Replan(String actor) implements Request {
    /** Cuts what is too long to be kept. */
    public Replan {
      actor = Texts.cut(actor);
    }
  }
}
