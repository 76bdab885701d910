package io.bellwether.runtime;

import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RunInfo;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * What a run does to the world, begun in its turns alone. A source that is slower than the checks
 * are apart is not asked twice at once.
 */
final class Deeds {
  private final Ports ports;
  private final Consumer<RolloutInput> answer;
  private final AtomicBoolean insideSource = new AtomicBoolean();
  private boolean reading;

  /**
   * Nothing done yet.
   *
   * @param answer gets what comes of it
   */
  Deeds(Ports ports, Consumer<RolloutInput> answer) {
    this.ports = ports;
    this.answer = answer;
  }

  /** A measurement has been answered. */
  void measured() {
    reading = false;
  }

  void carryOut(RunInfo run, RolloutEffect effect) {
    if (effect instanceof RolloutEffect.Measure measure) {
      measure(run, measure);
    } else {
      ports.carryOut(run, effect, answer);
    }
  }

  private void measure(RunInfo run, RolloutEffect.Measure measure) {
    if (!reading) {
      reading = true;
      ports.measuring().measure(run, measure, insideSource, answer);
    }
  }
}
