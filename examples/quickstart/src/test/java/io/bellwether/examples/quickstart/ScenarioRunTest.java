package io.bellwether.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.examples.quickstart.load.TraceGenerator;
import io.bellwether.examples.quickstart.report.StepResult;
import io.bellwether.rollout.Phase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class ScenarioRunTest {
  private final List<String> said = new CopyOnWriteArrayList<>();

  @Test
  void a_failing_candidate_is_rolled_back_and_every_request_is_accounted_for() throws Exception {
    var options = Options.parse("--scenario", "errors", "--speed", "60");
    var trace = TraceGenerator.generate(1, 1_000);
    try (var run =
        ScenarioRun.open(
            options.scenarios().get(0), options, trace, FastClock.start(60), said::add)) {
      run.begin();
      var result = run.result();
      var steps = result.steps();
      assertThat(result.outcome()).as(() -> said.toString()).isEqualTo(Phase.ROLLED_BACK);
      assertThat(result.asExpected()).isTrue();
      assertThat(steps.get(0).weight()).isEqualTo(10);
      assertThat(String.join("; ", steps.get(steps.size() - 1).evidence())).contains("error");
      assertThat(result.judgement())
          .hasValueSatisfying(
              it -> assertThat(it.alarm().orElseThrow().alphaSpent()).isEqualTo(0.01));
      var traffic = result.traffic();
      assertThat(traffic.failedByRollout()).as(traffic::firstFailure).isZero();
      assertThat(
              traffic.warmUpRequests()
                  + steps.stream().mapToLong(StepResult::requests).sum()
                  + traffic.requestsAfterwards())
          .isEqualTo(traffic.requests());
      assertThat(traffic.requestsAfterwards()).as("users go on after the rollback").isPositive();
      assertThat(traffic.candidateUsers())
          .isPositive()
          .isLessThanOrEqualTo((int) traffic.candidateRequests());
      assertThat(run.row().weight()).isZero();
    }
    assertThat(said).anySatisfy(line -> assertThat(line).contains("rollout_rolled_back"));
  }
}
