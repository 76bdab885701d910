package io.bellwether.pipeline.protection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.run.PipelineRun;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.testing.ApprovalSourceTck;
import io.bellwether.testing.GithubEnvironments;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalSourcesTest {
  private final VirtualTime time = VirtualTime.create();

  @Test
  void programmatic_approvals_keep_the_rules() {
    var source = ProgrammaticApprovals.create(MutableClock.create());
    ApprovalSourceTck.verify(
        source,
        (run, stage, vote) -> {
          switch (vote.kind()) {
            case APPROVE -> source.approve(run, stage, vote.actor(), vote.reason());
            case REJECT -> source.reject(run, stage, vote.actor(), vote.reason());
            case OVERRIDE -> source.override(run, stage, vote.actor(), vote.reason());
          }
        });
  }

  @Test
  void approvals_in_files_keep_the_rules(@TempDir Path folder) {
    var source = FileApprovals.in(folder);
    ApprovalSourceTck.verify(source, source::cast);
  }

  @Test
  void the_rules_bite() {
    assertThatThrownBy(() -> ApprovalSourceTck.verify(r -> List.of(), (run, stage, vote) -> {}))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll("breaks 4 of 7 rules", "comes back as it was given");
  }

  @Test
  void a_file_that_is_no_vote_is_named(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("r/deploy"));
    Files.writeString(
        folder.resolve("r/deploy/mine.json"),
        "{\"actor\":\"lead\",\"vote\":\"YES\",\"at\":\"2026-01-01T00:00:00Z\"}");
    assertThatThrownBy(() -> FileApprovals.in(folder).votes(request("r")))
        .hasMessageContainingAll("mine.json", "vote is 'YES'");
  }

  @Test
  void stages_and_people_of_similar_names_are_not_mixed_up(@TempDir Path folder) {
    var source = FileApprovals.in(folder);
    var at = time.instant();
    source.cast("r", "deploy eu", new Vote("l\u00e9a", Vote.Kind.REJECT, "", at));
    source.cast("r", "deploy eu", new Vote("l\u00f6a", Vote.Kind.APPROVE, "", at));
    source.cast("..", "deploy", new Vote("lead", Vote.Kind.APPROVE, "", at));
    assertThat(source.votes(request("r", "deploy eu"))).hasSize(2);
    assertThat(source.votes(request("r", "deploy/eu"))).isEmpty();
    assertThat(source.votes(request("r", "deploy_eu"))).isEmpty();
    assertThat(folder.resolve("%2e;.")).isDirectory();
  }

  @Test
  void a_request_is_written_for_whoever_looks_into_the_directory(@TempDir Path folder)
      throws IOException {
    FileApprovals.in(folder).ask(request("r"));
    assertThat(Files.readString(folder.resolve("r/deploy/request.json")))
        .contains("\"environment\":\"production\"", "\"author\":\"dev\"");
  }

  @Test
  void a_broken_vote_file_does_not_end_the_run(@TempDir Path folder) throws IOException {
    Files.createDirectories(folder);
    var source = FileApprovals.in(folder);
    try (var runner =
        PipelineRunner.create(
            time.source(),
            Runnable::run,
            r ->
                r.environment(Environment.named("production", e -> e.reviewers(who -> who)))
                    .approvals(source))) {
      var run = runner.start(pipeline(), Trigger.of("main", "1", "dev"));
      var place = folder.resolve(run.id()).resolve("deploy").resolve("broken.json");
      Files.writeString(place, "{");
      time.advance(Duration.ofMinutes(1));
      assertThat(run.state().stage("deploy").status()).isEqualTo(StageStatus.HELD);
      assertThat(run.state().stage("deploy").message())
          .contains("1 of 1 approval missing", "approvals cannot be read", "broken.json");
      Files.delete(place);
      source.cast(run.id(), "deploy", new Vote("lead", Vote.Kind.APPROVE, "", time.instant()));
      time.advance(Duration.ofMinutes(1));
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void as_with_github_one_review_is_enough_and_covers_all_that_waits() {
    var github =
        GithubEnvironments.named("production", time)
            .requiredReviewers("lead", "peer")
            .preventSelfReview()
            .waitTimer(Duration.ofMinutes(5));
    try (var runner = runner(github)) {
      var run = start(runner);
      assertThat(github.pending(run.id())).containsExactly("deploy");
      github.approve(run.id(), "peer", "fine");
      time.advance(Duration.ofMinutes(4));
      assertThat(run.state().stage("deploy").message()).startsWith("wait timer: 5m");
      time.advance(Duration.ofMinutes(1));
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void as_with_github_the_author_may_review_unless_that_is_prevented() {
    var lenient = GithubEnvironments.named("production", time).requiredReviewers("dev");
    try (var runner = runner(lenient)) {
      var run = start(runner);
      lenient.approve(run.id(), "dev", "mine");
      time.advance(Duration.ofSeconds(30));
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
    var strict =
        GithubEnvironments.named("production", time).requiredReviewers("dev").preventSelfReview();
    try (var runner = runner(strict)) {
      var run = start(runner);
      assertThatThrownBy(() -> strict.approve(run.id(), "dev", "mine"))
          .hasMessageContaining("must not approve it");
    }
  }

  @Test
  void as_with_github_one_rejection_or_thirty_days_of_silence_end_it() {
    var github = GithubEnvironments.named("production", time).requiredReviewers("lead", "peer");
    try (var runner = runner(github)) {
      var rejected = start(runner);
      github.reject(rejected.id(), "lead", "not now");
      time.advance(Duration.ofSeconds(30));
      assertThat(rejected.state().explain()).contains("rejected by lead: not now");

      var forgotten = start(runner);
      time.advance(GithubEnvironments.EXPIRY);
      assertThat(forgotten.state().explain()).contains("nobody answered in 30 days");
    }
  }

  @Test
  void as_with_github_an_administrator_may_bypass_the_rules() {
    var github =
        GithubEnvironments.named("production", time)
            .requiredReviewers("lead")
            .administrators("ops");
    try (var runner = runner(github)) {
      var run = start(runner);
      assertThatThrownBy(() -> github.bypass(run.id(), "lead", "hurry"))
          .hasMessageContaining("is none of [ops]");
      github.bypass(run.id(), "ops", "outage");
      time.advance(Duration.ofSeconds(30));
      assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    }
  }

  @Test
  void as_with_github_limits_are_limits() {
    var github = GithubEnvironments.named("production", time);
    assertThatThrownBy(() -> github.requiredReviewers("a", "b", "c", "d", "e", "f", "g"))
        .hasMessageContaining("at most 6");
    assertThatThrownBy(() -> github.waitTimer(Duration.ofDays(31)))
        .hasMessageContaining("1 minute to 30 days");
  }

  private PipelineRunner runner(GithubEnvironments github) {
    return PipelineRunner.create(
        time.source(), Runnable::run, r -> r.environment(github.rules()).approvals(github));
  }

  private static PipelineRun start(PipelineRunner runner) {
    return runner.start(pipeline(), Trigger.of("main", "1", "dev"));
  }

  private static Pipeline pipeline() {
    return Pipeline.named(
        "chat",
        p -> p.stage("deploy", s -> s.environment("production").run(any -> StageResult.success())));
  }

  private static ProtectionRequest request(String run) {
    return request(run, "deploy");
  }

  private static ProtectionRequest request(String run, String stage) {
    return new ProtectionRequest(
        run, stage, "production", Trigger.of("main", "1", "dev"), MutableClock.START, List.of());
  }
}
