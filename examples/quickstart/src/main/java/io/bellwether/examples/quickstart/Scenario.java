package io.bellwether.examples.quickstart;

import static io.bellwether.Ratio.percent;

import io.bellwether.examples.quickstart.model.Behaviour;
import io.bellwether.examples.quickstart.model.LogNormal;
import io.bellwether.rollout.Phase;
import java.time.Duration;
import java.util.List;

/**
 * What is the matter with version 2, and what has to come of it. Latencies are those of life.
 *
 * @param name for the command line and the report
 * @param story one sentence for people
 * @param candidate how the model takes to version 2 of the prompt
 * @param outage whether the provider fails both versions for a while during the second step
 * @param expected how the rollout must end
 */
record Scenario(String name, String story, Behaviour candidate, boolean outage, Phase expected) {

  /** How the model takes to version 1. */
  static final Behaviour STABLE = Behaviour.healthy();

  /** How the provider treats every prompt while it is in trouble. */
  static final Behaviour OUTAGE = STABLE.withErrors(percent(60));

  /** All five, the longest first. */
  static final List<Scenario> ALL =
      List.of(
          new Scenario(
              "outage",
              "v2 is as good as v1, but the provider fails both for a minute and a half",
              Behaviour.healthy(),
              true,
              Phase.PROMOTED),
          new Scenario("good", "v2 is as good as v1", Behaviour.healthy(), false, Phase.PROMOTED),
          new Scenario(
              "errors",
              "v2 makes the model fail one time in eight",
              Behaviour.healthy().withErrors(percent(12.5)),
              false,
              Phase.ROLLED_BACK),
          new Scenario(
              "slow",
              "v2 is as fast as v1 most of the time, but its tail is nearly four times as long",
              Behaviour.healthy().withLatency(new LogNormal(Duration.ofMillis(400), 1.3)),
              false,
              Phase.ROLLED_BACK),
          new Scenario(
              "empty",
              "v2 makes the model say nothing one time in ten, with HTTP 200",
              Behaviour.healthy().withEmpties(percent(10)),
              false,
              Phase.ROLLED_BACK));
}
