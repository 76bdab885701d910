package io.bellwether.examples.strategies;

import static java.time.Duration.ofMinutes;

import io.bellwether.BellwetherException;
import io.bellwether.junit.RolloutScenario;
import io.bellwether.release.Version;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.strategy.Slots;
import java.util.HashMap;
import java.util.Map;

/** A blue-green deployment between two slots in memory, on virtual time. */
public final class BlueGreenExample {
  private BlueGreenExample() {}

  /** Two slots; a service has its platform's calls here. */
  static final class MemorySlots implements Slots {
    private final Map<String, Version> slots = new HashMap<>();

    MemorySlots(Version stable) {
      slots.put("blue", stable);
    }

    @Override
    public String active(Version stable) {
      return slots.entrySet().stream()
          .filter(slot -> slot.getValue().equals(stable))
          .map(Map.Entry::getKey)
          .findFirst()
          .orElseThrow(() -> new BellwetherException(stable + " is in no slot"));
    }

    @Override
    public void deploy(String slot, Version version) {
      slots.put(slot, version);
    }

    @Override
    public boolean isReady(String slot) {
      return slots.containsKey(slot);
    }

    String answer(String slot, String question) {
      return slots.get(slot) + " answers '" + question + "'";
    }
  }

  /** The strategy of the guide. */
  static DeploymentStrategy blueGreen(MemorySlots slots) {
    // begin: blue-green
    var blueGreen =
        DeploymentStrategy.blueGreen(
            "chat",
            slots,
            b ->
                b.smokeTest("answers a greeting", slot -> expectAnswer(slots.answer(slot, "hello")))
                    .watch(ofMinutes(5))
                    .standby(ofMinutes(30)));
    // end
    return blueGreen;
  }

  private static void expectAnswer(String answer) {
    if (answer.isBlank()) {
      throw new BellwetherException("the answer is empty");
    }
  }

  /** Prints the timeline. */
  public static void main(String[] args) {
    var slots = new MemorySlots(new Version("v1"));
    System.out.println(
        RolloutScenario.given(blueGreen(slots)).stable("v1").candidate("v2").whenLeftAlone());
  }
}
