package io.bellwether.pipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProgrammaticApprovals;
import io.bellwether.pipeline.run.InMemoryPipelineStore;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.release.Version;
import io.bellwether.store.RecordLog;
import io.bellwether.testing.Cases;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {
  private static final Instant AT = MutableClock.START;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("audit.log");
  }

  @Test
  void entries_survive_and_are_verified_when_read() {
    write(5);
    try (var log = AuditLog.open(file)) {
      assertThat(log.entries()).hasSize(5);
      assertThat(log.entries().get(4)).hasToString("5 2026-01-01T00:00:00Z NOTE by dev: note 5");
      log.verify();
    }
  }

  @Test
  void what_is_offered_twice_is_written_once() {
    try (var log = AuditLog.open(file)) {
      var first = log.append(note(1));
      assertThat(log.append(note(1))).isSameAs(first);
      assertThat(log.entries()).hasSize(1);
    }
  }

  @Test
  void a_changed_entry_is_named() {
    write(5);
    rewrite(lines -> replaced(lines, 2, lines.get(2).replace("note 3", "nothing to see")));
    assertThatThrownBy(() -> AuditLog.open(file))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("entry 3 was changed: its hash is not its content's");
  }

  @Test
  void an_entry_replaced_by_one_with_a_fitting_hash_is_named() {
    write(5);
    rewrite(
        lines -> {
          var old = AuditEntry.parse("old", lines.get(2));
          var other = AuditEntry.after(3, old.previous(), note(99));
          return replaced(lines, 2, other.toJson());
        });
    assertThatThrownBy(() -> AuditLog.open(file))
        .hasMessageContaining("entry 3 was replaced: entry 4 follows another");
  }

  @Test
  void an_entry_taken_out_is_named() {
    write(5);
    rewrite(
        lines -> {
          lines.remove(1);
          return lines;
        });
    assertThatThrownBy(() -> AuditLog.open(file))
        .hasMessageContaining("entry 2 is missing, entry 3 stands in its place");
  }

  @Test
  void entries_cut_off_at_the_end_are_named() {
    write(5);
    rewrite(lines -> lines.subList(0, 3));
    assertThatThrownBy(() -> AuditLog.open(file))
        .hasMessageContaining(
            "it was truncated: it has 3 entries and had 5, entry 4 is the first missing");
  }

  @Test
  void a_whole_new_chain_is_found_out_by_a_head_kept_elsewhere() throws IOException {
    var kept = AuditHead.parse(write(5).toJson());
    Files.delete(file);
    Files.delete(folder.resolve("audit.log.head"));
    write(7, 100);
    try (var log = AuditLog.open(file)) {
      assertThatThrownBy(() -> log.verify(kept))
          .hasMessageContaining("it was rewritten: entry 5 is not the one it was");
    }
  }

  @Test
  void a_head_one_entry_behind_is_what_a_kill_leaves() throws IOException {
    write(4);
    var behind = Files.readString(folder.resolve("audit.log.head"));
    try (var log = AuditLog.open(file)) {
      log.append(note(5));
    }
    Files.writeString(folder.resolve("audit.log.head"), behind);
    try (var log = AuditLog.open(file)) {
      assertThat(log.entries()).hasSize(5);
    }
  }

  @Test
  void damaged_bytes_are_refused_by_the_file_format() throws IOException {
    write(5);
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> AuditLog.open(file)).isInstanceOf(BellwetherException.class);
  }

  @Test
  void any_single_change_of_any_record_is_noticed() {
    write(6);
    Cases.forAll(
        "a tampered log is refused",
        60,
        gen -> {
          var copy = folder.resolve("copy" + Long.toHexString(gen.nextLong()));
          var lines = lines(file);
          var at = gen.nextInt(lines.size());
          switch (gen.nextInt(3)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.set(at, lines.get(at).replaceFirst("by|dev|note", "x" + gen.word()));
            default -> lines.add(at, lines.get(gen.nextInt(lines.size())));
          }
          Files.copy(
              folder.resolve("audit.log.head"), copy.resolveSibling(copy.getFileName() + ".head"));
          store(copy, lines);
          assertThatThrownBy(() -> AuditLog.open(copy)).isInstanceOf(BellwetherException.class);
        });
  }

  @Test
  void it_answers_who_deployed_what_when_on_whose_approval_and_after_which_checks() {
    try (var log = AuditLog.open(file)) {
      deploy(log, "lead", false);

      var deployment = log.deployments().get(0);
      assertThat(deployment).hasToString("v7 to production by dev, approved by lead");
      assertThat(deployment.checks()).containsExactly("test succeeded: 40 tests");
      assertThat(deployment.at()).isEqualTo(AT.plusSeconds(30));
      assertThat(log.overridesToReview()).isEmpty();
      assertThat(log.toMarkdown())
          .contains(
              "| 2026-01-01T00:00:30Z | v7 | production | dev | lead | test succeeded: 40 tests |"
                  + " deployed |")
          .contains("## Overrides to review\n\nNone.");
      assertThat(log.toJsonLines().lines()).hasSize(log.entries().size());
      assertThat(log.toJsonLines()).contains("\"kind\":\"DEPLOYED\"", "\"previous\":\"");
    }
  }

  @Test
  void an_override_is_queued_until_somebody_else_has_reviewed_it() {
    try (var log = AuditLog.open(file)) {
      deploy(log, "ops", true);

      assertThat(log.deployments().get(0).approvedBy()).containsExactly("ops (override)");
      var override = log.overridesToReview().get(0);
      assertThatThrownBy(() -> log.review(override, "ops", "fine", AT))
          .hasMessageContaining("has to be reviewed by somebody else");
      assertThatThrownBy(() -> log.review(override, "lead", " ", AT))
          .hasMessageContaining("with a finding");
      log.review(override, "lead", "justified by the outage", AT.plusSeconds(3600));
      assertThat(log.overridesToReview()).isEmpty();
      assertThatThrownBy(() -> log.review(override, "lead", "again", AT))
          .hasMessageContaining("waits for no review");
    }
    try (var log = AuditLog.open(file)) {
      assertThat(log.overridesToReview()).isEmpty();
    }
  }

  @Test
  void entries_a_crash_kept_out_are_written_at_the_next_start() {
    var time = VirtualTime.create();
    var store = InMemoryPipelineStore.create();
    var pipeline = Pipeline.named("chat", p -> p.stage("test", s -> s.run(c -> passed())));
    try (var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r.store(store))) {
      runner.start(pipeline, Trigger.of("main", "v7", "dev"));
    }
    try (var log = AuditLog.open(file);
        var runner =
            PipelineRunner.create(
                time.source(), Runnable::run, r -> r.store(store).audit(log).resume(pipeline))) {
      assertThat(log.entries())
          .extracting(AuditEntry::kind)
          .containsExactly(AuditKind.RUN_STARTED, AuditKind.CHECK_PASSED, AuditKind.RUN_ENDED);
      assertThat(runner.open()).isEmpty();
    }
  }

  private static void deploy(AuditLog log, String actor, boolean override) {
    var time = VirtualTime.create();
    var approvals = ProgrammaticApprovals.create(time);
    var production =
        Environment.named(
            "production", e -> e.reviewers(r -> r.people("lead")).administrators("ops"));
    var pipeline =
        Pipeline.named(
            "chat",
            p ->
                p.stage("test", s -> s.run(c -> passed()))
                    .stage(
                        "deploy",
                        s ->
                            s.needs("test")
                                .environment("production")
                                .run(c -> StageResult.success("promoted"))));
    try (var runner =
        PipelineRunner.create(
            time.source(),
            Runnable::run,
            r -> r.environment(production).approvals(approvals).audit(log))) {
      var trigger = Trigger.of("main", "4f2a9c1", "dev").withVersion(Version.version("v7"));
      var run = runner.start(pipeline, trigger);
      if (override) {
        approvals.override(run.id(), "deploy", actor, "outage");
      } else {
        approvals.approve(run.id(), "deploy", actor, "looks good");
      }
      time.advance(Duration.ofSeconds(30));
    }
  }

  private static StageResult passed() {
    return StageResult.success("40 tests");
  }

  private AuditHead write(int entries) {
    return write(entries, 1);
  }

  private AuditHead write(int entries, int first) {
    try (var log = AuditLog.open(file)) {
      for (var number = 0; number < entries; number++) {
        log.append(note(first + number));
      }
      return log.head();
    }
  }

  private static AuditRecord note(int number) {
    return new AuditRecord(
        "note-" + number, AT, AuditKind.NOTE, "dev", "note " + number, Map.of("n", "" + number));
  }

  private static List<String> replaced(List<String> lines, int index, String line) {
    lines.set(index, line);
    return lines;
  }

  /** Somebody with the right to write puts other records in, with all checksums in order. */
  private void rewrite(UnaryOperator<List<String>> change) {
    var changed = change.apply(lines(file));
    file.toFile().delete();
    store(file, changed);
  }

  private static List<String> lines(Path log) {
    var lines = new ArrayList<String>();
    RecordLog.open(log, (at, record) -> lines.add(new String(record, StandardCharsets.UTF_8)))
        .close();
    return lines;
  }

  private static void store(Path log, List<String> lines) {
    try (var target = RecordLog.open(log, (at, record) -> {})) {
      lines.forEach(line -> target.append(line.getBytes(StandardCharsets.UTF_8)));
    }
  }
}
