package io.bellwether.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricTraceTest {
  private static final String HEADER = "time,version,metric,value,samples\n";

  @TempDir Path folder;

  private MetricTrace read(String name, String text, Metric... own) throws IOException {
    return MetricTrace.read(Files.writeString(folder.resolve(name), text), own);
  }

  @Test
  void both_formats_say_the_same() throws IOException {
    var csv =
        read(
            "t.csv",
            HEADER
                + "2026-03-03T10:00:00Z, stable, error_rate, 0.01, 900\n\n"
                + "2026-03-03T10:00:30Z,candidate,latency_p95,812.5,100\n");
    var json =
        read(
            "t.jsonl",
            """
            {"time":"2026-03-03T10:00:00Z","version":"stable","metric":"error_rate","value":0.01,"samples":900}
            {"samples":100,"value":812.5,"metric":"latency_p95","version":"candidate","time":"2026-03-03T10:00:30Z"}
            """);

    assertThat(csv.rows()).isEqualTo(json.rows());
    assertThat(csv.rows())
        .containsExactly(
            new MetricTrace.Row(
                Instant.parse("2026-03-03T10:00:00Z"), false, Metric.ERROR_RATE, 0.01, 900),
            new MetricTrace.Row(
                Instant.parse("2026-03-03T10:00:30Z"), true, Metric.LATENCY_P95, 812.5, 100));
    assertThat(csv).hasToString("2 rows from 2026-03-03T10:00:00Z to 2026-03-03T10:00:30Z");
  }

  @Test
  void a_byte_order_mark_is_no_part_of_a_trace() throws IOException {
    var row = "90,stable,error_rate,0.1,1";
    assertThat(read("t.csv", "\uFEFF" + HEADER + row).rows()).hasSize(1);
    assertThat(read("t.ndjson", "\uFEFF" + jsonAt("90")).rows()).hasSize(1);
  }

  @Test
  void a_directory_is_no_trace() throws IOException {
    var directory = Files.createDirectory(folder.resolve("d.csv"));
    assertThatThrownBy(() -> MetricTrace.read(directory))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("d.csv cannot be read");
    assertThatThrownBy(() -> MetricTrace.read(folder.getRoot()))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("is of no known format");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-0001-01-01T00:00:00Z", "999999999999"})
  void a_time_no_calendar_of_a_service_has_is_refused(String time) {
    assertThatThrownBy(() -> read("t.csv", HEADER + time + ",stable,error_rate,0.1,1"))
        .isInstanceOf(BellwetherException.class)
        .hasMessage(
            "t.csv:2: time '"
                + time
                + "': expected one from 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z");
  }

  @Test
  void seconds_may_stand_for_the_time() throws IOException {
    var trace = read("t.ndjson", jsonAt("90") + "\n" + jsonAt("90.25"));

    assertThat(trace.rows())
        .extracting(MetricTrace.Row::at)
        .containsExactly(Instant.ofEpochSecond(90), Instant.ofEpochSecond(90, 250_000_000));
  }

  private static String jsonAt(String time) {
    return "{\"time\":"
        + time
        + ",\"version\":\"stable\",\"metric\":\"error_rate\",\"value\":0,\"samples\":1}";
  }

  @Test
  void a_metric_of_the_hosts_own_is_known_when_it_is_handed_over() throws IOException {
    var own = Metric.custom("helpful", Metric.Unit.VALUE);

    assertThat(read("t.csv", HEADER + "0,stable,helpful,-2.5,1", own).rows())
        .extracting(MetricTrace.Row::metric)
        .containsExactly(own);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "yesterday,stable,error_rate,0.1,1 | time 'yesterday': expected an ISO instant",
        "-5,stable,error_rate,0.1,1 | time '-5': expected an ISO instant",
        "1,stable,error_rate,0.1,1 | time '1' is before the row above; sort the trace by time",
        "2026-03-03T10:00:00Z,stable,error_rate,0.1,1 | the rows above have seconds",
        "5,v2,error_rate,0.1,1 | version 'v2': expected stable or candidate",
        "5,stable,eror_rate,0.1,1 | metric 'eror_rate' is unknown: expected one of [error_rate,",
        "5,stable,error_rate,1.2,1 | value '1.2' of error_rate: expected a number from 0 to 1",
        "5,stable,error_rate,x,1 | value 'x' of error_rate: expected a number from 0 to 1",
        "5,stable,error_rate,NaN,1 | value 'NaN' of error_rate: expected a number from 0 to 1",
        "5,stable,latency_p95,-1,1 | value '-1' of latency_p95: expected a number, not negative",
        "5,stable,quality,Infinity,1 | value 'Infinity' of quality: expected a finite number",
        "5,stable,error_rate,0.1,-1 | samples '-1': expected a whole number, not negative",
        "5,stable,error_rate,0.1,1.5 | samples '1.5': expected a whole number, not negative",
        "5,stable,error_rate,0.1f,1 | value '0.1f' of error_rate: expected a number from 0 to 1",
        "2.0,stable,error_rate,0.3,1 | error_rate of stable stands there twice at '2.0'",
        "5,stable,error_rate,0.1 | 4 fields: expected time,version,metric,value,samples",
      })
  void a_bad_row_is_refused_with_its_line(String row, String problem) {
    assertThatThrownBy(() -> read("t.csv", HEADER + "2,stable,error_rate,0.1,1\n" + row))
        .isInstanceOf(BellwetherException.class)
        .hasMessageStartingWith("t.csv:3: ")
        .hasMessageContaining(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1] | expected a JSON object with [time, version, metric, value, samples]",
        "{\"time\":1 | no JSON object: Unexpected end-of-input",
        "{\"time\":1} | member 'version' is missing",
        "{\"time\":1,\"time\":2} | member 'time' stands there twice",
        "{\"weight\":1} | unexpected member 'weight'",
        "{\"time\":null} | member 'time': expected a number or a string",
        "{\"time\":{}} | member 'time': expected a number or a string",
        "{} {} | unexpected text after the object",
      })
  void a_bad_line_of_json_is_refused_with_its_number(String line, String problem) {
    assertThatThrownBy(() -> read("t.jsonl", jsonAt("0") + "\n" + line))
        .isInstanceOf(BellwetherException.class)
        .hasMessageStartingWith("t.jsonl:2: ")
        .hasMessageContaining(problem);
  }

  @Test
  void a_file_without_rows_header_or_known_ending_is_refused() {
    assertThatThrownBy(() -> read("t.csv", HEADER)).hasMessageContaining("t.csv has no row");
    assertThatThrownBy(() -> read("t.csv", "time,value\n"))
        .hasMessage("t.csv:1: header 'time,value': expected time,version,metric,value,samples");
    assertThatThrownBy(() -> read("t.xlsx", "")).hasMessageContaining("expected .csv, .jsonl");
    assertThatThrownBy(() -> MetricTrace.read(folder.resolve("none.csv")))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("none.csv cannot be read");
  }

  @Test
  void a_rollout_begins_within_the_trace() throws IOException {
    var trace = read("t.csv", HEADER + "60,stable,error_rate,0.1,1\n120,stable,error_rate,0.1,1");

    assertThat(trace.start()).isEqualTo(Instant.ofEpochSecond(60));
    assertThat(trace.startingAt(Instant.ofEpochSecond(90)).start())
        .isEqualTo(Instant.ofEpochSecond(90));
    assertThatThrownBy(() -> trace.startingAt(Instant.ofEpochSecond(121)))
        .hasMessageContaining("it cannot start 1970-01-01T00:02:01Z");
    assertThatThrownBy(() -> trace.freshFor(Duration.ZERO)).hasMessageContaining("freshness 0ms");
  }

  @Test
  void a_source_answers_as_it_was_recorded_from_its_first_moment_on() throws IOException {
    var trace =
        read(
            "t.csv",
            HEADER + "100,candidate,error_rate,0.01,90\n160,candidate,error_rate,0.2,80\n");
    var time = VirtualTime.create();
    time.advance(Duration.ofHours(3));
    var source = trace.source(new Version("v1"), new Version("v2"), time);
    var question =
        new MetricQuery("chat", new Version("v2"), Metric.ERROR_RATE, Duration.ofMinutes(1));

    assertThat(source.read(question).value()).isEqualTo(0.01);
    time.advance(Duration.ofSeconds(59));
    assertThat(source.read(question).value()).isEqualTo(0.01);
    time.advance(Duration.ofSeconds(1));
    assertThat(source.read(question)).isEqualTo(Reading.of(0.2, 80, "trace"));
    time.advance(Duration.ofMinutes(5).plusSeconds(1));
    assertThat(source.read(question).status()).isEqualTo(Reading.Status.NO_DATA);
  }
}
