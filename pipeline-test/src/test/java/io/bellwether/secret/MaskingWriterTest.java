package io.bellwether.secret;

import static io.bellwether.secret.Masking.masking;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What goes through a writer in pieces. */
class MaskingWriterTest {
  @Test
  void a_secret_split_over_writes_is_masked() throws IOException {
    var out = new StringWriter();
    try (var writer = masking("canary-1234").writer(out)) {
      for (var piece : List.of("a can", "", "ary-12", "34 b c", "an", "t; canary", "-123")) {
        writer.write(piece);
        writer.flush();
        assertThat(out.toString()).doesNotContain("canary-1234").doesNotEndWith("can");
      }
    }
    assertThat(out).hasToString("a *** b cant; canary-123");
  }

  @Test
  void what_is_no_beginning_of_a_secret_goes_through_at_once() throws IOException {
    var out = new StringWriter();
    try (var writer = masking("canary-1234").writer(out)) {
      writer.write("a line\n");
      assertThat(out).hasToString("a line\n");
    }
  }
}
