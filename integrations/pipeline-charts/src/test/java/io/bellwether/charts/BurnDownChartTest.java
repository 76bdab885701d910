package io.bellwether.charts;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.slo.BurnDown;
import io.bellwether.slo.IncidentLedger;
import io.bellwether.slo.Measurements;
import io.bellwether.slo.Slo;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BurnDownChartTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Instant NOW = START.plus(ofDays(30));
  private static final Slo CHAT = Slo.named("chat", s -> s.availability(percent(99.9)));

  private static BurnDown burnDown(long downMinutes) {
    var from = START.plus(ofDays(10));
    var ledger =
        IncidentLedger.since(START).critical("down", from, from.plus(ofMinutes(downMinutes)));
    return BurnDown.of(CHAT, Measurements.of(ledger), NOW);
  }

  private static BufferedImage drawn(BurnDown burnDown) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(BurnDownChart.create().png(burnDown)));
  }

  /** The lowest row of a column in which a color shows. */
  private static OptionalInt lowest(BufferedImage image, int column, Color color) {
    return IntStream.range(0, image.getHeight() * 8 / 10)
        .filter(row -> image.getRGB(column, row) == color.getRGB())
        .max();
  }

  @Test
  void the_line_falls_where_the_budget_was_spent_beside_the_ideal_one() throws IOException {
    var image = drawn(burnDown(20));

    assertThat(image.getWidth()).isEqualTo(960);
    assertThat(image.getHeight()).isEqualTo(480);
    var early = lowest(image, 200, BurnDownChart.LEFT).orElseThrow();
    var late = lowest(image, 800, BurnDownChart.LEFT).orElseThrow();
    assertThat(late).as("lower is less").isGreaterThan(early + 20);
    assertThat(
            IntStream.range(100, 900)
                .filter(c -> lowest(image, c, BurnDownChart.IDEAL).isPresent())
                .count())
        .isPositive();
  }

  @Test
  void what_is_overspent_is_drawn_below_nothing() throws IOException {
    var image = drawn(burnDown(60));

    var columns =
        IntStream.range(500, 900)
            .filter(c -> lowest(image, c, BurnDownChart.NOTHING).isPresent())
            .toArray();
    assertThat(columns).isNotEmpty();
    for (var column : columns) {
      assertThat(lowest(image, column, BurnDownChart.LEFT).orElseThrow())
          .isGreaterThan(lowest(image, column, BurnDownChart.NOTHING).orElseThrow());
    }
  }

  @Test
  void the_same_burn_down_gives_the_same_picture_in_any_size(@TempDir Path folder)
      throws IOException {
    var chart = BurnDownChart.create().size(640, 320).zone(ZoneId.of("Asia/Kathmandu"));
    assertThat(chart.png(burnDown(5))).isEqualTo(chart.png(burnDown(5)));
    var file = folder.resolve("chat.png");
    chart.write(burnDown(5), file);
    assertThat(file).hasBinaryContent(chart.png(burnDown(5)));
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(640);
  }

  @Test
  void a_size_or_a_file_that_cannot_be_is_refused(@TempDir Path folder) {
    assertThatThrownBy(() -> BurnDownChart.create().size(10, 5_000))
        .hasMessageContaining("size 10 x 5000: each side from 200 to 10000");
    assertThatThrownBy(() -> BurnDownChart.create().write(burnDown(1), folder))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("could not be written");
  }

  @Test
  void nothing_is_drawn_before_anything_was_measured() throws IOException {
    var nobody = drawn(BurnDown.of(CHAT, Measurements.none(), NOW));
    assertThat(columns(nobody, 100, 900)).isZero();

    var late = Measurements.of(IncidentLedger.since(START.plus(ofDays(20))));
    var image = drawn(BurnDown.of(CHAT, late, NOW));
    assertThat(columns(image, 100, 480)).isZero();
    assertThat(columns(image, 720, 900)).isPositive();
  }

  private static long columns(BufferedImage image, int from, int to) {
    return IntStream.range(from, to)
        .filter(column -> lowest(image, column, BurnDownChart.LEFT).isPresent())
        .count();
  }
}
