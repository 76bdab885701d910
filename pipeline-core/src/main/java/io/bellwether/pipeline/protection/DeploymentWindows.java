package io.bellwether.pipeline.protection;

import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.util.List;

/**
 * One of these windows has to be open.
 *
 * @param windows at least one
 */
public record DeploymentWindows(List<DeploymentWindow> windows) implements ProtectionRule {
  /** Refuses a rule nobody could keep. */
  public DeploymentWindows {
    windows = List.copyOf(windows);
    if (windows.isEmpty()) {
      throw new IllegalArgumentException("deployment windows: none is given, add at least one");
    }
  }

  @Override
  public String name() {
    return "deployment window";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    var open = windows.stream().filter(window -> window.isOpen(now)).findFirst();
    if (open.isPresent()) {
      return new Clearance(Clearance.Decision.GO, "open: " + open.get());
    }
    var next = windows.stream().map(window -> window.nextOpening(now)).min(Instant::compareTo);
    return Clearance.waitFor("closed (" + windows + "), opens " + next.orElseThrow());
  }
}
