package io.bellwether.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class SlothTest {
  private static final String FILE =
      """
      version: prometheus/v1
      service: chat
      labels: {owner: team}
      slos:
        - name: availability
          objective: 99.9
          description: answers that are no errors
          sli:
            events:
              error_query: sum(rate(errors_total[{{.window}}]))
              total_query: sum(rate(requests_total[{{.window}}]))
          alerting:
            name: ChatErrors
            page_alert: {labels: {severity: page}}
            ticket_alert: {disable: true}
        - name: quality
          objective: 95
          sli:
            raw: {error_ratio_query: "1 - avg(score[{{.window}}])"}
        - name: plugged
          objective: 99
          sli: {plugin: {id: availability}}
      """;

  @Test
  void objectives_and_queries_are_carried_over() {
    var sloth = Sloth.parse(FILE);

    var slos = sloth.bundle().slos();
    assertThat(slos)
        .extracting(slo -> slo.slo().name())
        .containsExactly("chat-availability", "chat-quality");
    assertThat(slos.get(0).slo().toString()).contains("99.9%").contains("30d");
    assertThat(slos.get(0).indicator().kind()).isEqualTo(Indicator.Kind.BAD_OF_TOTAL);
    assertThat(slos.get(0).indicator().sources().get("bad").spec())
        .containsEntry("query", "sum(rate(errors_total[{{.window}}]))");
    assertThat(slos.get(1).indicator().kind()).isEqualTo(Indicator.Kind.RAW_FAILURE);
    assertThat(sloth.notes()).anyMatch(note -> note.contains("'chat-plugged' is left out"));
  }

  @Test
  void alerts_are_the_recommended_ones_unless_they_are_disabled() {
    var slos = Sloth.parse(FILE).bundle().slos();

    assertThat(slos.get(0).policies())
        .isNotEmpty()
        .allMatch(policy -> policy.targets().get(0).name().equals("page"))
        .allMatch(policy -> policy.name().startsWith("ChatErrors-"));
    assertThat(slos.get(0).alerts().alerts()).hasSameSizeAs(slos.get(0).policies());
    assertThat(slos.get(1).policies()).isEmpty();
  }

  @Test
  void the_resource_is_spelt_otherwise_and_means_the_same() {
    var resource =
        """
        apiVersion: sloth.slok.dev/v1
        kind: PrometheusServiceLevel
        metadata: {name: chat}
        spec:
          service: chat
          slos:
            - name: availability
              objective: 99.9
              sli:
                events: {errorQuery: bad, totalQuery: all}
              alerting: {name: ChatErrors, pageAlert: {disable: true}}
        """;

    var slo = Sloth.parse(resource).bundle().slos().get(0);

    assertThat(slo.indicator().sources()).containsKeys("bad", "total");
    assertThat(slo.policies()).allMatch(policy -> policy.targets().get(0).name().equals("ticket"));
  }

  @Test
  void what_is_read_can_be_written_as_openslo_and_read_again() {
    var bundle = Sloth.parse(FILE).bundle();

    var again = OpenSlo.parse(OpenSlo.write(bundle));

    assertThat(again.slos()).isEqualTo(bundle.slos());
  }

  @Test
  void every_problem_is_told_with_its_path() {
    assertThatThrownBy(
            () ->
                Sloth.parse(
                    """
                    version: prometheus/v1
                    slos:
                      - {name: a, objective: 100, sli: {events: {error_query: x}}}
                      - {objective: most, sli: {}}
                    ---
                    version: prometheus/v2
                    """))
        .isInstanceOf(OpenSloException.class)
        .hasMessageContaining("documents[0].service: missing")
        .hasMessageContaining(
            "documents[0].slos[0].objective: '100', expected over 0 and below 100")
        .hasMessageContaining("documents[0].slos[0].sli.events.total_query: missing")
        .hasMessageContaining("documents[0].slos[1].name: missing")
        .hasMessageContaining("documents[0].slos[1].objective: 'most' is no number")
        .hasMessageContaining("documents[0].slos[1].sli: expected events, raw or plugin")
        .hasMessageContaining("documents[1]: expected version: prometheus/v1");
  }

  /** {@code -Dexamples.sloth=DIR}, the checkout of Sloth's repository. */
  @Test
  void the_published_examples_are_read() throws IOException {
    var given = System.getProperty("examples.sloth");
    assumeTrue(given != null, "no checkout of Sloth: state it with -Dexamples.sloth");
    var count = 0;
    try (var files = Files.list(Path.of(given).resolve("examples"))) {
      for (var file : files.filter(name -> name.toString().endsWith("ml")).toList()) {
        var text = Files.readString(file);
        if (!text.contains("openslo/v1")) {
          var sloth = Sloth.parse(text);
          count += sloth.bundle().slos().size();
          OpenSlo.write(sloth.bundle());
        }
      }
    }
    System.out.println(count + " SLOs of Sloth read");
    assertThat(count).isGreaterThan(20);
  }
}
