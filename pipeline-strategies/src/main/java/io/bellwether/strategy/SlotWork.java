package io.bellwether.strategy;

import io.bellwether.BellwetherException;
import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import java.util.LinkedHashMap;
import java.util.Map;

/** Readies the idle slot: deploys, waits until it is ready, smokes it, looks at its health. */
final class SlotWork implements StepWork {
  private final Slots slots;
  private final String one;
  private final String other;
  private final Map<String, SmokeTest> smokeTests;

  SlotWork(Slots slots, String one, String other, Map<String, SmokeTest> smokeTests) {
    this.slots = slots;
    this.one = one;
    this.other = other;
    this.smokeTests = new LinkedHashMap<>(smokeTests);
  }

  @Override
  public void prepare(StepContext step) {
    slots.deploy(idle(step), step.run().candidate());
  }

  @Override
  public StepCheck verify(StepContext step) {
    var idle = idle(step);
    if (!slots.isReady(idle)) {
      return StepCheck.notYet("slot " + idle + " is not ready");
    }
    smokeTests.forEach((name, test) -> smoke(idle, name, test));
    if (!slots.isHealthy(idle)) {
      throw new BellwetherException("slot " + idle + " is not healthy");
    }
    return StepCheck.complete();
  }

  @Override
  public StepCheck compensate(StepContext step) {
    slots.release(idle(step));
    return StepCheck.complete();
  }

  @Override
  public void retire(StepContext step) {
    slots.release(active(step));
  }

  private static void smoke(String slot, String name, SmokeTest test) {
    try {
      test.run(slot);
    } catch (Exception | AssertionError e) {
      throw new BellwetherException(
          "smoke test '" + name + "' failed on slot " + slot + ": " + e.getMessage(), e);
    }
  }

  private String idle(StepContext step) {
    return active(step).equals(one) ? other : one;
  }

  private String active(StepContext step) {
    var active = slots.active(step.run().stable());
    if (!active.equals(one) && !active.equals(other)) {
      throw new BellwetherException(
          "the active slot is '" + active + "', expected '" + one + "' or '" + other + "'");
    }
    return active;
  }
}
