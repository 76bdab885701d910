package io.bellwether.pipeline.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.testing.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that cannot be trusted stays as it was found, and what cannot be read is not written. */
class AuditEvidenceTest {
  private static final Instant AT = MutableClock.START;

  @TempDir private Path folder;
  private Path file;
  private Path head;

  @BeforeEach
  void place() {
    file = folder.resolve("audit.log");
    head = folder.resolve("audit.log.head");
  }

  @Test
  void a_log_whose_tail_was_tampered_with_is_refused_and_left_to_the_byte() throws IOException {
    write(3);
    var whole = Files.readAllBytes(file);
    var heads = Files.readAllBytes(head);
    for (var missing : List.of(1, 7, 60)) {
      var cut = Arrays.copyOf(whole, whole.length - missing);
      Files.write(file, cut);
      assertThatThrownBy(() -> AuditLog.open(file))
          .hasMessageContaining("it was truncated: it has 2 entries and had 3");
      assertThat(file).hasBinaryContent(cut);
      assertThat(head).hasBinaryContent(heads);
    }
    var flipped = whole.clone();
    flipped[whole.length - 5] ^= 1;
    Files.write(file, flipped);
    assertThatThrownBy(() -> AuditLog.open(file)).hasMessageContaining("it was truncated");
    assertThat(file).hasBinaryContent(flipped);
  }

  @Test
  void the_torn_rest_of_an_entry_that_was_never_confirmed_is_cut_off() throws IOException {
    write(2);
    var heads = Files.readAllBytes(head);
    write(3);
    var whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 7));
    Files.write(head, heads);
    try (var log = AuditLog.open(file)) {
      assertThat(log.entries()).hasSize(2);
    }
  }

  @Test
  void a_broken_head_is_named_with_a_way_out() throws IOException {
    write(2);
    for (var broken :
        List.of("", "{", "{\"entries\":-5,\"hash\":\"\"}", "{\"entries\":1.5,\"hash\":\"ab\"}")) {
      Files.writeString(head, broken);
      assertThatThrownBy(() -> AuditLog.open(file))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContainingAll(
              "audit head " + head + " is damaged", "then move this file away and open the log");
    }
    Files.delete(head);
    try (var log = AuditLog.open(file)) {
      assertThat(log.entries()).hasSize(2);
    }
    assertThatThrownBy(() -> new AuditHead(-1, "0".repeat(64))).hasMessageContaining("-1 entries");
  }

  @Test
  @SuppressWarnings("NullAway") // what a host in another language does
  void a_null_is_refused_by_name() {
    assertThatThrownBy(() -> record(null, "dev", "note", Map.of()))
        .hasMessage("audit record: key is null");
    assertThatThrownBy(() -> record("k", null, "note", Map.of()))
        .hasMessage("audit record 'k': actor is null; say who");
    assertThatThrownBy(() -> record("k", "dev", null, Map.of()))
        .hasMessage("audit record 'k': summary is null; say what happened");
    var details = new HashMap<String, String>();
    details.put("version", null);
    assertThatThrownBy(() -> record("k", "dev", "note", details))
        .hasMessage("audit record 'k': the detail 'version' is null");
  }

  @Test
  void who_overrode_cannot_review_it_under_another_spelling() {
    try (var log = AuditLog.open(file)) {
      log.append(
          new AuditRecord("run/deploy", AT, AuditKind.OVERRIDDEN, "ops", "overrode", Map.of()));
      var override = log.overridesToReview().get(0);
      for (var same : List.of("OPS", "ops ", " Ops")) {
        assertThatThrownBy(() -> log.review(override, same, "fine", AT))
            .hasMessageContaining("has to be reviewed by somebody else");
      }
      log.review(override, "lead", "fine", AT);
      assertThat(log.overridesToReview()).isEmpty();
    }
  }

  @Test
  void its_markdown_carries_no_markup_of_entries() {
    try (var log = AuditLog.open(file)) {
      log.append(record("k", "<b>dev</b>", "<script>alert(1)</script>", Map.of()));
      assertThat(log.toMarkdown()).contains("&lt;script>").doesNotContain("<script", "<b>");
    }
  }

  private static AuditRecord record(
      String key, String actor, String summary, Map<String, String> details) {
    return new AuditRecord(key, AT, AuditKind.NOTE, actor, summary, details);
  }

  private void write(int entries) {
    try (var log = AuditLog.open(file)) {
      for (var number = 1; number <= entries; number++) {
        log.append(record("note-" + number, "dev", "note " + number, Map.of()));
      }
    }
  }
}
