package io.bellwether.examples.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Breaks a fleet under load: {@code -Dfaults=100 -Dseed=1} for the whole campaign, a few of each
 * otherwise.
 */
@Tag("it")
class FaultCampaignTest {
  @TempDir private Path directory;

  @Test
  @Timeout(value = 30, unit = TimeUnit.MINUTES)
  void rollouts_end_as_planned_and_users_notice_only_what_was_killed() {
    var faults = Integer.getInteger("faults", 8);
    var seed = Long.getLong("seed", 1);
    var started = Machine.start(directory);
    assumeTrue(started.isPresent(), "no PostgreSQL or no HAProxy on this machine");
    try (var machine = started.get();
        var load = Load.on(machine.port(), 200)) {
      while (load.answersSince().isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
      var campaign = new Campaign(machine, load, seed, faults);
      campaign.run();
      System.out.println("seed " + seed + "\n" + campaign.report());
      assertThat(campaign.wrong()).as(() -> machine.said()).isEmpty();
      assertThat(campaign.unexcused()).isEmpty();
    }
  }
}
