package io.bellwether.examples.quickstart.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.examples.quickstart.console.Row.Rates;
import io.bellwether.rollout.Phase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ProgressTest {
  private static final Row BAKING =
      new Row(
          "slow",
          25,
          Phase.BAKING,
          new Rates(0.0094, 0.002, 1013),
          new Rates(0.125, 0, 13_876),
          Duration.ofSeconds(12));
  private static final Row ENDED =
      new Row("good", 100, Phase.PROMOTED, Rates.NONE, Rates.NONE, Duration.ZERO);

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  private String written(Style style) {
    try (var progress = Progress.start(out, style, () -> List.of(BAKING, ENDED))) {
      progress.say("10:00  slow  something happened");
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void a_row_fits_eighty_columns_under_its_header() {
    var text = BAKING.text(new Style(false, false));
    assertThat(text)
        .isEqualTo(
            "slow   [##------]  25% BAKING        0.9% 12.5%   0.2%  0.0%   1.0s 13.9s  12s");
    assertThat(text).hasSameSizeAs(Row.HEADER).hasSizeLessThan(80);
  }

  @Test
  void on_a_terminal_rows_are_drawn_under_what_was_said() {
    assertThat(written(new Style(true, false)))
        .containsSubsequence(
            "something happened\u001b[K\n",
            "\u001b[?7l",
            Row.HEADER + "\u001b[K\n",
            "BAKING",
            "PROMOTED",
            "\u001b[?7h");
  }

  @Test
  void a_second_frame_begins_where_the_first_one_did() throws InterruptedException {
    var frames = new CountDownLatch(3);
    var progress =
        Progress.start(
            out,
            new Style(true, false),
            () -> {
              frames.countDown();
              return List.of(BAKING);
            });
    assertThat(frames.await(20, TimeUnit.SECONDS)).isTrue();
    progress.close();
    assertThat(bytes.toString(StandardCharsets.UTF_8)).contains("\u001b[?7h\u001b[2A\u001b[?7l");
  }

  @Test
  void elsewhere_there_are_plain_lines() {
    assertThat(written(new Style(false, false)))
        .isEqualTo("10:00  slow  something happened" + System.lineSeparator());
  }

  @Test
  void colours_need_a_terminal_and_no_objection() {
    assertThat(Style.of(true, Map.of())).isEqualTo(new Style(true, true));
    assertThat(Style.of(true, Map.of("NO_COLOR", "1"))).isEqualTo(new Style(true, false));
    assertThat(Style.of(true, Map.of("NO_COLOR", ""))).isEqualTo(new Style(true, true));
    assertThat(Style.of(true, Map.of("TERM", "dumb"))).isEqualTo(new Style(false, false));
    assertThat(Style.of(false, Map.of())).isEqualTo(new Style(false, false));
    assertThat(ENDED.text(new Style(true, true))).contains("\u001b[32mPROMOTED");
    assertThat(ENDED.text(new Style(true, false))).doesNotContain("\u001b");
  }
}
