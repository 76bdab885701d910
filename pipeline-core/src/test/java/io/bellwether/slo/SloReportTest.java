package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.CHAT;
import static io.bellwether.slo.Ledgers.END;
import static io.bellwether.slo.Ledgers.START;
import static io.bellwether.slo.Ledgers.empty;
import static io.bellwether.slo.Ledgers.minute;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.vectors.VectorFile;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SloReportTest {
  private static final Slo ODD =
      Slo.named("a|b\nc", s -> s.latency(ofMillis(2000), percent(95)).over(ofDays(30)));

  private static SloReport report() {
    var ledger =
        empty()
            .critical("db \"down\"", minute(0), minute(31))
            .exclude("drill", minute(100), minute(101), minute(200), "ops", "a drill");
    var samples =
        CountSeries.of(
            new Span(START, END),
            LatencySamples.of(List.of(ofMillis(100), Duration.ofNanos(2_500_000))),
            ofMillis(2000));
    var measured = Measurements.of(ledger).with(ODD.name(), samples);
    var quiet = Slo.named("quiet", s -> s.errorRateBelow(percent(1)));
    return SloCalculator.of(CHAT, ODD, quiet).report(measured, END);
  }

  @Test
  void json_has_the_figures_and_the_fractions_that_decide() {
    var json = VectorFile.parse(report().toJson());
    var slos = json.objects("slos");
    var chat = slos.get(0);

    assertThat(json.text("at")).isEqualTo("2026-03-31T00:00:00Z");
    assertThat(chat.text("status")).isEqualTo("FAIL");
    assertThat(chat.text("value_exact")).isEqualTo("43169/43200");
    assertThat(chat.number("target")).isEqualTo(0.999);
    assertThat(chat.number("downtime_minutes")).isEqualTo(31);
    assertThat(chat.number("coverage")).isEqualTo(1);
    var budget = chat.object("budget");
    assertThat(budget.number("remaining")).isEqualTo(12.2);
    assertThat(budget.text("remaining_share_exact")).isEqualTo("61/216");
    assertThat(budget.text("status")).isEqualTo("YELLOW");
    var lines = chat.object("consumption").objects("lines");
    assertThat(lines)
        .extracting(line -> line.text("entry") + ": " + line.text("why"))
        .containsExactly(
            "db \"down\": 31 min, x1 = 31 min", "drill: x0, planned maintenance is free");
    assertThat(chat.texts("notes"))
        .containsExactly(
            "a single incident of 31 min is longer than 30m",
            "corrected: drill excluded by ops at 2026-03-01T03:20:00Z: a drill");
    assertThat(slos.get(1).number("percentile_ms")).isEqualTo(100);
    assertThat(slos.get(1).object("counts").number("total")).isEqualTo(2);
    assertThat(slos.get(2).text("status")).isEqualTo("NO_DATA");
    assertThat(slos.get(2).isNull("value")).isTrue();
    assertThat(slos.get(2).isNull("budget")).isTrue();
  }

  @Test
  void json_of_a_month_under_way_has_its_pace() {
    var month = CHAT.toBuilder().over(SloWindow.calendarMonth(ZoneId.of("UTC"))).build();
    var json =
        SloCalculator.of(month).report(Measurements.of(empty()), START.plus(ofDays(10))).toJson();
    VectorObject pace = VectorFile.parse(json).objects("slos").get(0).object("pace");
    assertThat(pace.flag("met_so_far")).isTrue();
    assertThat(pace.number("elapsed_share")).isEqualTo(0.322580645161);
  }

  @Test
  void markdown_is_a_table_whatever_the_names() {
    assertThat(report().toMarkdown())
        .isEqualTo(
            """
            SLOs at 2026-03-31T00:00:00Z

            | SLO | value | target | result | downtime | budget left | band | coverage |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            | chat | 99.93% | at least 99.9% (rolling 30d) | FAIL | 31 min | 12.2 min of 43.2 min left (28.24%) | YELLOW | 100% |
            | a\\|b c | 100% | at least 95% (rolling 30d) | PASS | n/a | 0.1 events of 0.1 events left (100%) | GREEN | 100% |
            | quiet | n/a | below 1% (rolling 30d) | NO_DATA | n/a | n/a | n/a | 0% |

            * chat: a single incident of 31 min is longer than 30m
            * chat: corrected: drill excluded by ops at 2026-03-01T03:20:00Z: a drill
            * quiet: no data: no events of 'quiet'
            """);
  }

  @Test
  void what_misses_by_a_nanosecond_does_not_read_as_if_it_met() {
    var most = Duration.ofMillis(2_592_000).plusNanos(1);
    var chat = CHAT.toBuilder().downtime(DowntimeRule::noIncidentLimit).build();
    var missed =
        SloCalculator.of(chat)
            .report(Measurements.of(empty().critical("d", START, START.plus(most))), END);

    assertThat(missed.result("chat"))
        .hasToString(
            "chat: AVAILABILITY 99.89999999999996% (at least 99.9%) FAIL, budget"
                + " -0.00000000002 min of 43.2 min left (-0.00000000004%) EXHAUSTED, coverage"
                + " 100%");
    assertThat(missed.toMarkdown()).contains("| 99.89999999999996% |", "| 43.20000000002 min |");
    var strict = CHAT.toBuilder().downtime(d -> d.incidentLimit(Duration.ofSeconds(90))).build();
    var longer = START.plus(Duration.ofSeconds(90).plusNanos(1));
    assertThat(
            SloCalculator.of(strict)
                .report(Measurements.of(empty().critical("d", START, longer)), END)
                .result("chat")
                .notes())
        .containsExactly("a single incident of 1.50000000002 min is longer than 1m 30s");
  }

  @Test
  void the_same_input_gives_the_same_report() {
    assertThat(report().toJson()).isEqualTo(report().toJson());
    assertThat(report()).isEqualTo(report());
  }
}
