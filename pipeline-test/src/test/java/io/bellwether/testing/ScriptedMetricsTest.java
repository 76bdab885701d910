package io.bellwether.testing;

import static io.bellwether.metrics.Metric.ERROR_RATE;
import static io.bellwether.metrics.Metric.LATENCY_P95;
import static io.bellwether.metrics.Metric.QUALITY;
import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofNanos;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptedMetricsTest {
  private static final Version V6 = version("v6");
  private static final Version V7 = version("v7");

  private final VirtualTime time = VirtualTime.create();
  private final ScriptedMetrics metrics = ScriptedMetrics.create(time);

  @Test
  void what_nobody_scripted_has_no_data() {
    metrics.given(V7, ERROR_RATE, 0.02, 1_000);

    assertThat(read(V6, ERROR_RATE).status()).isEqualTo(Reading.Status.NO_DATA);
    assertThat(read(V7, LATENCY_P95))
        .isEqualTo(
            Reading.noData("script", "the script has no data for latency_p95 of v7 over 5m"));
  }

  @Test
  void a_given_value_holds_until_another_takes_over() {
    metrics.given(V7, ERROR_RATE, 0.02, 1_000);
    time.advance(ofMinutes(60));
    assertThat(read(V7, ERROR_RATE)).isEqualTo(Reading.of(0.02, 1_000, "script"));

    metrics.given(V7, ERROR_RATE, 0.09, 2_000);
    assertThat(read(V7, ERROR_RATE)).isEqualTo(Reading.of(0.09, 2_000, "script"));
  }

  @Test
  void later_lines_take_effect_at_exactly_their_moment() {
    metrics
        .given(V7, ERROR_RATE, 0.01, 1_000)
        .after(
            ofMinutes(10),
            then ->
                then.given(V7, ERROR_RATE, 0.09, 1_000)
                    .given(V6, ERROR_RATE, 0.01, 9_000)
                    .after(ofMinutes(5), last -> last.noData(V7, ERROR_RATE)));

    time.advance(ofMinutes(10).minusNanos(1));
    assertThat(read(V7, ERROR_RATE).value()).isEqualTo(0.01);
    assertThat(read(V6, ERROR_RATE).status()).isEqualTo(Reading.Status.NO_DATA);

    time.advance(ofNanos(1));
    assertThat(read(V7, ERROR_RATE).value()).isEqualTo(0.09);
    assertThat(read(V6, ERROR_RATE).samples()).isEqualTo(9_000);

    time.advance(ofMinutes(5));
    assertThat(read(V7, ERROR_RATE).status()).isEqualTo(Reading.Status.NO_DATA);
  }

  @Test
  void readings_can_come_in_turn() {
    var first = Reading.of(0.01, 100, "a");
    var last = Reading.error("a", "503");
    metrics.inTurn(V7, ERROR_RATE, first, last);

    assertThat(read(V7, ERROR_RATE)).isEqualTo(first);
    assertThat(read(V7, ERROR_RATE)).isEqualTo(last);
    assertThat(read(V7, ERROR_RATE)).isEqualTo(last);
  }

  @Test
  void a_failing_metric_throws_and_leaves_the_others_alone() {
    metrics
        .given(V7, LATENCY_P95, 800, 1_000)
        .failing(V7, ERROR_RATE, () -> new IllegalStateException("503"));

    assertThatIllegalStateException().isThrownBy(() -> read(V7, ERROR_RATE)).withMessage("503");
    assertThat(read(V7, LATENCY_P95).value()).isEqualTo(800);
  }

  @Test
  void an_outage_hides_the_script_while_it_lasts() {
    metrics
        .given(V7, ERROR_RATE, 0.01, 1_000)
        .after(ofMinutes(1), then -> then.down(() -> new IllegalStateException("unreachable")))
        .after(ofMinutes(2), then -> then.given(V7, ERROR_RATE, 0.02, 1_000))
        .after(ofMinutes(3), ScriptedMetrics::up);

    assertThat(read(V7, ERROR_RATE).value()).isEqualTo(0.01);
    time.advance(ofMinutes(2));
    assertThatIllegalStateException().isThrownBy(() -> read(V7, ERROR_RATE));
    time.advance(ofMinutes(1));
    assertThat(read(V7, ERROR_RATE).value()).isEqualTo(0.02);
  }

  @Test
  void it_remembers_every_question_with_its_time() {
    metrics.down(() -> new IllegalStateException("unreachable"));
    time.advance(ofMinutes(1));
    assertThatIllegalStateException().isThrownBy(() -> read(V7, ERROR_RATE));
    metrics.up();
    time.advance(ofMinutes(1));
    metrics.readAll(List.of(query(V6, LATENCY_P95)));

    assertThat(metrics.asked())
        .extracting(ScriptedMetrics.Asked::toString)
        .containsExactly("1m: error_rate of v7 over 5m", "2m: latency_p95 of v6 over 5m");
  }

  @Test
  void a_value_the_metric_cannot_have_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.given(V7, ERROR_RATE, 2, 1_000))
        .withMessage(
            "given(v7, error_rate, 2.0): no value of unit RATIO; answering(..) returns whatever"
                + " you like");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.given(V7, LATENCY_P95, -1, 1_000));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> metrics.given(V7, QUALITY, Double.NaN, 1_000));
    assertThatIllegalArgumentException().isThrownBy(() -> metrics.inTurn(V7, ERROR_RATE));

    metrics.given(V7, QUALITY, -3.5, 1_000);
    assertThat(read(V7, QUALITY).value()).isEqualTo(-3.5);
  }

  @Test
  void another_source_can_answer_anything() {
    metrics.answering(V7, ERROR_RATE, query -> Reading.of(7, query.window().toMinutes(), "mad"));

    assertThat(read(V7, ERROR_RATE)).isEqualTo(Reading.of(7, 5, "mad"));
  }

  private Reading read(Version version, Metric metric) {
    return metrics.read(query(version, metric));
  }

  private static MetricQuery query(Version version, Metric metric) {
    return new MetricQuery("support-prompt", version, metric, ofMinutes(5));
  }
}
