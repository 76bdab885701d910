package io.bellwether.openslo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.openslo.Indicator.Source;

/** Documents to change, and what tests ask of them. */
final class Documents {
  static final Indicator ERRORS =
      Indicator.badOfTotal(
          "errors",
          Source.prometheus("sum(rate(http_requests_total{code=~\"5..\"}[5m]))"),
          Source.prometheus("sum(rate(http_requests_total[5m]))"));

  static final String SMALL =
      """
      apiVersion: openslo/v1
      kind: SLO
      metadata:
        name: chat-errors
        displayName: Errors of the chat
      spec:
        description: Answers without a server error
        service: chat
        indicator:
          metadata:
            name: errors
          spec:
            ratioMetric:
              counter: true
              bad:
                metricSource:
                  type: Prometheus
                  spec: {query: 'bad_total', step: 30}
              total:
                metricSource:
                  metricSourceRef: prom
                  spec: {query: 'all_total'}
        timeWindow:
          - duration: 30d
            isRolling: true
        budgetingMethod: Occurrences
        objectives:
          - displayName: most of them
            target: 0.995
      """;

  private Documents() {}

  static ServiceSlo parsed(String yaml) {
    var slos = OpenSlo.parse(yaml).slos();
    assertThat(slos).hasSize(1);
    return slos.get(0);
  }

  static void assertRefused(String yaml, String... problems) {
    assertThatThrownBy(() -> OpenSlo.parse(yaml))
        .isInstanceOfSatisfying(
            OpenSloException.class,
            e -> assertThat(e.problems()).containsExactlyInAnyOrder(problems));
  }
}
