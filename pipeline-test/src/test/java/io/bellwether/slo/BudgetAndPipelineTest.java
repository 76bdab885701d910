package io.bellwether.slo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.Ratio;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.pipeline.run.PipelineRun;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.RunInfo;
import io.bellwether.testing.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stage of a pipeline that works on an environment an error budget protects. */
class BudgetAndPipelineTest {
  private static final Slo CHAT = Slo.named("chat", s -> s.availability(Ratio.percent(99.9)));
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev");

  private final VirtualTime time = VirtualTime.create();
  private final ProgrammaticApprovals approvals = ProgrammaticApprovals.create(time);
  private final BudgetBook book = BudgetBook.inMemory();
  private final List<String> deployed = new ArrayList<>();
  private Duration down = Duration.ZERO;

  private BudgetGate gate() {
    return BudgetGate.of(
        () -> {
          var now = time.instant();
          var from = now.minus(ofDays(30));
          var ledger = IncidentLedger.since(from);
          return SloCalculator.of(CHAT)
              .report(
                  Measurements.of(
                      down.isZero() ? ledger : ledger.critical("d", from, from.plus(down))),
                  now);
        },
        ErrorBudgetPolicy.standard(),
        book,
        time::instant);
  }

  /** Whoever approves the stage has reviewed it, and the vice president is known by name. */
  private static Change approved(ProtectionRequest request) {
    var change = Change.of(request.trigger().version().toString(), request.trigger().change());
    for (var vote : request.votes()) {
      if (vote.kind() == Vote.Kind.APPROVE) {
        change = change.reviewed(vote.actor());
        change = vote.actor().equals("vice") ? change.approvedByVp("vice") : change;
      }
    }
    return change;
  }

  private PipelineRunner runner(BudgetGate gate) {
    var production =
        Environment.named("production", e -> e.budget(gate::look).administrators("admin"));
    return PipelineRunner.create(
        time.source(), Runnable::run, r -> r.environment(production).approvals(approvals));
  }

  private PipelineRun start(PipelineRunner runner, ChangeKind kind) {
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage(
                    "deploy",
                    s ->
                        s.environment("production")
                            .run(
                                c -> {
                                  deployed.add("4f2a9c1");
                                  return StageResult.success();
                                })));
    return runner.start(pipeline, MAIN.withChange(kind));
  }

  @Test
  void a_stage_waits_with_the_numbers_and_goes_on_when_the_budget_comes_back() {
    down = ofMinutes(60);
    try (var runner = runner(gate())) {
      var run = start(runner, ChangeKind.FEATURE);
      assertThat(run.state().stage("deploy").status()).isEqualTo(StageStatus.HELD);
      assertThat(run.state().stage("deploy").message())
          .isEqualTo(
              "error budget: refused: FEATURE 4f2a9c1 while EXHAUSTED is not allowed; chat has"
                  + " -16.8 min of 43.2 min left (-38.89%)");

      time.advance(ofHours(1));
      assertThat(deployed).isEmpty();
      down = ofMinutes(10);
      time.advance(ofMinutes(1));
      assertThat(deployed).containsExactly("4f2a9c1");
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void a_recorded_override_lets_a_waiting_stage_through() {
    down = ofMinutes(60);
    try (var runner = runner(gate())) {
      var run = start(runner, ChangeKind.FEATURE);
      var now = time.instant();
      book.grant(new BudgetOverride("law", "vice", "a deadline", now, now.plus(ofHours(4))));
      run.look();
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void an_administrator_stands_above_the_budget_because_the_stage_waits() {
    down = ofMinutes(60);
    try (var runner = runner(gate())) {
      var run = start(runner, ChangeKind.FEATURE);
      approvals.override(run.id(), "deploy", "admin", "a deadline");
      run.look();
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void a_critical_fix_in_red_waits_for_the_vice_president() {
    down = ofMinutes(40);
    try (var runner = runner(gate().stages(BudgetAndPipelineTest::approved))) {
      var run = start(runner, ChangeKind.CRITICAL_FIX);
      assertThat(run.state().stage("deploy").message()).contains("while RED needs VP approval");
      approvals.approve(run.id(), "deploy", "lead", "looks good");
      run.look();
      assertThat(deployed).isEmpty();
      approvals.approve(run.id(), "deploy", "vice", "go");
      run.look();
      assertThat(deployed).containsExactly("4f2a9c1");
    }
  }

  @Test
  void the_rollout_of_a_stage_is_the_change_the_stage_was_let_through_with() {
    down = ofMinutes(40);
    var gate = gate().stages(BudgetAndPipelineTest::approved);
    try (var runner = runner(gate)) {
      var run = start(runner, ChangeKind.CRITICAL_FIX);
      approvals.approve(run.id(), "deploy", "vice", "go");
      run.look();
    }
    assertThat(gate.ask(rollout("4f2a9c1"), 0).decision()).isEqualTo(Clearance.Decision.GO);
    assertThat(gate.ask(rollout("another"), 0).decision()).isEqualTo(Clearance.Decision.REFUSE);
    assertThat(book.attempts())
        .extracting(DeployAttempt::kind)
        .containsOnly(ChangeKind.CRITICAL_FIX);
    down = ofMinutes(60);
    try (var runner = runner(gate)) {
      start(runner, ChangeKind.ROLLBACK);
    }
    assertThat(gate.ask(rollout("4f2a9c1"), 1).decision())
        .as("the way back, also as a rollout")
        .isEqualTo(Clearance.Decision.GO);
  }

  private RunInfo rollout(String version) {
    return new RunInfo(
        "chat-" + version,
        "chat",
        new Version("v6"),
        new Version(version),
        RunInfo.Purpose.DEPLOY,
        "canary",
        time.instant());
  }

  @Test
  void the_way_back_never_waits() {
    down = ofMinutes(600);
    try (var runner = runner(gate())) {
      assertThat(start(runner, ChangeKind.ROLLBACK).state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void a_host_that_prefers_it_has_the_stage_fail() {
    down = ofMinutes(60);
    try (var runner = runner(gate().whenDenied(BudgetGate.WhenDenied.REFUSE))) {
      var run = start(runner, ChangeKind.FEATURE);
      assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
      assertThat(run.state().stage("deploy").message()).contains("-16.8 min of 43.2 min left");
    }
  }
}
