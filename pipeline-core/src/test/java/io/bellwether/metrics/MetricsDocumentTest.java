package io.bellwether.metrics;

import static io.bellwether.Ratio.percent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.gate.Conditions;
import io.bellwether.gate.Evidence;
import io.bellwether.gate.GateOutcome;
import io.bellwether.gate.MetricGate;
import io.bellwether.metrics.MetricsDocument.TokenUsage;
import io.bellwether.release.Version;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsDocumentTest {
  private static final String JSON =
      "{\"error_rate\":0.012,\"latency_p50\":640,\"latency_p95\":1730.5,\"latency_p99\":2410,"
          + "\"success_rate\":0.981,\"token_usage\":{\"used\":81200,\"limit\":200000,"
          + "\"percentage\":40.6},\"request_count\":5120}";
  private static final MetricsDocument DOCUMENT =
      new MetricsDocument(
          0.012, 640, 1730.5, 2410, 0.981, new TokenUsage(81_200, 200_000, 40.6), 5_120);

  private static MetricsDocument parse(String json) {
    return MetricsDocument.parse(json.getBytes(StandardCharsets.UTF_8));
  }

  private static Iterable<String> problems(String json) {
    var refused = catchThrowableOfType(InvalidConfigurationException.class, () -> parse(json));
    assertThat(refused).as(json).isNotNull();
    return refused.problems();
  }

  @Test
  void it_writes_exactly_the_documented_fields() {
    assertThat(DOCUMENT.toJson()).isEqualTo(JSON);
  }

  @Test
  void what_was_written_reads_back_the_same() {
    assertThat(parse(JSON)).isEqualTo(DOCUMENT);
  }

  @Test
  void without_requests_and_without_a_limit_there_is_null_and_never_zero() {
    var nan = Double.NaN;
    var idle = new MetricsDocument(nan, nan, nan, nan, nan, TokenUsage.of(0, 0), 0);
    assertThat(idle.toJson())
        .isEqualTo(
            "{\"error_rate\":null,\"latency_p50\":null,\"latency_p95\":null,\"latency_p99\":null,"
                + "\"success_rate\":null,\"token_usage\":{\"used\":0,\"limit\":null,"
                + "\"percentage\":null},\"request_count\":0}");
    assertThat(parse(idle.toJson())).isEqualTo(idle);
  }

  @ParameterizedTest
  @CsvSource({
    "error_rate, 0.012",
    "success_rate, 0.981",
    "latency_p50, 640",
    "latency_p95, 1730.5",
    "latency_p99, 2410",
    "request_count, 5120",
    "token_usage, 0.406"
  })
  void every_field_is_a_reading_with_the_requests_as_its_sample(String name, double value) {
    assertThat(DOCUMENT.reading(Metric.find(name).orElseThrow(), "remote"))
        .isEqualTo(Reading.of(value, 5_120, "remote"));
  }

  @Test
  void what_a_document_does_not_have_is_no_data() {
    assertThat(DOCUMENT.reading(Metric.QUALITY, "remote"))
        .isEqualTo(Reading.noData("remote", "the metrics document has no quality"));
    var unlimited = new MetricsDocument(0, 1, 1, 1, 1, TokenUsage.of(500, 0), 10);
    assertThat(unlimited.reading(Metric.TOKEN_USAGE, "remote").status())
        .isEqualTo(Reading.Status.NO_DATA);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"error_rate\":0.012 | \"error_rate\":NaN | no JSON",
        "\"error_rate\":0.012 | \"error_rate\":Infinity | no JSON",
        "\"error_rate\":0.012 | \"error_rate\":1e999 | error_rate is Infinity",
        "\"error_rate\":0.012 | \"error_rate\":-0.01 | error_rate is -0.01",
        "\"error_rate\":0.012 | \"error_rate\":1.2 | error_rate is 1.2",
        "\"error_rate\":0.012 | \"error_rate\":null | error_rate is NaN, expected from 0 to 1",
        "\"error_rate\":0.012 | \"error_rate\":\"0.01\" | error_rate is neither a number nor null",
        "\"error_rate\":0.012 | \"error_rat\":0.012 | error_rate is missing",
        "\"error_rate\":0.012 | \"error_rate\":0.5 | more than 1 together",
        "\"latency_p95\":1730.5 | \"latency_p95\":-1 | latency_p95 is -1.0, expected 0 ms or more",
        "\"latency_p95\":1730.5 | \"latency_p95\":5e400 | latency_p95 is Infinity",
        "\"latency_p50\":640 | \"latency_p50\":2000 | latencies fall from p50 to p99",
        "\"request_count\":5120 | \"request_count\":-5 | request_count is -5",
        "\"request_count\":5120 | \"request_count\":1.5 | request_count is 1.5, expected a whole",
        "\"request_count\":5120 | \"request_count\":null | request_count is NaN, expected a whole",
        "\"percentage\":40.6 | \"percentage\":140 | token_usage.percentage is 140.0",
        "\"percentage\":40.6 | \"percentage\":null | token_usage.percentage is NaN",
        "\"used\":81200 | \"used\":-3 | token_usage.used is -3",
        "\"limit\":200000, | '' | token_usage.limit is missing",
        "\"limit\":200000 | \"limit\":0 | expected from 0 to 100, and none without a limit",
        "{\"error_rate\" | {\"error_rate\":1,\"error_rate\" | no JSON: Duplicate field",
        "5120} | 5120}{ | something follows the document",
        "5120} | 5120 | no JSON"
      })
  void what_cannot_be_true_is_refused(String part, String instead, String problem) {
    assertThat(problems(JSON.replace(part, instead))).anyMatch(said -> said.contains(problem));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "null", "17", "{}", "<html>", "{\"token_usage\":3}"})
  void what_is_no_metrics_document_is_refused(String json) {
    assertThat(problems(json)).isNotEmpty();
  }

  @Test
  void all_problems_come_at_once_and_what_is_unknown_is_passed_over() {
    assertThat(problems("{\"error_rate\":[1,{}],\"other\":{\"a\":[1]},\"token_usage\":[]}"))
        .containsExactly(
            "error_rate is neither a number nor null",
            "token_usage is no object",
            "latency_p50 is missing",
            "latency_p95 is missing",
            "latency_p99 is missing",
            "success_rate is missing",
            "request_count is missing");
    assertThat(parse("{\"version\":\"v7\"," + JSON.substring(1))).isEqualTo(DOCUMENT);
  }

  @Test
  void windows_write_their_document() {
    var ticker = new ManualTicker();
    var windows =
        OutcomeWindows.create(w -> w.ticker(ticker).tokenLimit(1_000, Duration.ofMinutes(1)));
    var version = Version.version("v7");
    assertThat(windows.document("chat", version, Duration.ofMinutes(5))).isEmpty();
    for (var i = 0; i < 10; i++) {
      var outcome = i == 0 ? Outcome.error() : Outcome.success();
      windows.of("chat", version).record(Duration.ofMillis(100), outcome, 50);
    }
    var document = windows.document("chat", version, Duration.ofMinutes(5)).orElseThrow();
    assertThat(document.errorRate()).isEqualTo(0.1);
    assertThat(document.successRate()).isEqualTo(0.9);
    assertThat(document.requestCount()).isEqualTo(10);
    assertThat(document.latencyP95()).isBetween(99.0, 101.0);
    assertThat(document.tokenUsage()).isEqualTo(new TokenUsage(500, 1_000, 50));
    assertThatThrownBy(() -> windows.document("chat", version, Duration.ofHours(1)))
        .hasMessageContaining("windows are kept for 10m, asked for 1h");
  }

  @Test
  void more_tokens_than_the_limit_are_a_breach_and_no_error() {
    var windows =
        OutcomeWindows.create(
            w -> w.ticker(new ManualTicker()).tokenLimit(100, Duration.ofMinutes(1)));
    var version = Version.version("v7");
    windows.of("chat", version).record(Duration.ofMillis(100), Outcome.success(), 150);
    var query = new MetricQuery("chat", version, Metric.TOKEN_USAGE, Duration.ofMinutes(1));
    var gate =
        MetricGate.named(
            "tokens", g -> g.require(Conditions.tokenUsage().atMost(percent(90))).minSamples(1));
    assertThat(
            gate.evaluate(Evidence.of(Map.of(Metric.TOKEN_USAGE, windows.read(query)))).outcome())
        .isEqualTo(GateOutcome.FAIL);
    assertThat(windows.document("chat", version, Duration.ofMinutes(1)).orElseThrow().tokenUsage())
        .isEqualTo(new TokenUsage(150, 100, 100));
  }

  @Test
  void a_percentage_that_is_not_what_was_used_of_the_limit_is_refused() {
    for (var percentage : new double[] {0, 5, 97}) {
      assertThatThrownBy(() -> document(new MetricsDocument.TokenUsage(10, 10, percentage)))
          .hasMessageContaining("tokens")
          .hasMessageContaining("for 10 of 10");
    }
    assertThat(document(new MetricsDocument.TokenUsage(2, 3, 67)).requestCount()).isEqualTo(1);
  }

  private static MetricsDocument document(MetricsDocument.TokenUsage tokens) {
    return new MetricsDocument(0, 1, 1, 1, 1, tokens, 1);
  }
}
