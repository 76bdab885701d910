package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.junit.AlertAssertions.assertThat;
import static io.bellwether.junit.RolloutAssertions.assertThat;
import static java.time.Duration.ofMinutes;

import io.bellwether.junit.Deployment;
import io.bellwether.junit.DeploymentTest;
import io.bellwether.junit.Replay;
import io.bellwether.testing.VirtualTime;
import org.junit.jupiter.api.Test;

// begin: deployment
@DeploymentTest(stable = "v1", candidate = "v2")
class CanaryDeploymentTest {
  @Test
  void who_is_told_when_it_goes_back(Deployment deployment, VirtualTime time) {
    var pager = deployment.inbox("pager");
    var chat = deployment.inbox("chat");
    deployment.alertsTo(routes -> routes.critical(pager).warning(chat));
    deployment.metrics().after(ofMinutes(20), later -> later.errors("v2", percent(9)));

    deployment.start(CanaryExample.canary());
    deployment.advanceToEnd();
    time.advance(ofMinutes(1)); // a warning waits half a minute for others

    assertThat(deployment).rolledBack().atStep(25).because("error_rate");
    assertThat(chat).receivedOnly("rollout_rolled_back");
    assertThat(pager).receivedNothing();
  }

  @Test
  @Replay("traces/bad-evening.csv")
  void last_tuesday_it_would_have_gone_back(Deployment deployment) {
    deployment.start(CanaryExample.canary());
    deployment.advanceToEnd();

    assertThat(deployment).rolledBack().neverExceeded(10);
  }
}
// end
