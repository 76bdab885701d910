package io.bellwether.examples.strategies;

import static io.bellwether.Ratio.percent;
import static io.bellwether.strategy.Traffic.traffic;

import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.alertmanager.AlertmanagerConfig;
import io.bellwether.analysis.KayentaJudge;
import io.bellwether.analysis.KayentaResult;
import io.bellwether.analysis.KayentaSamples;
import io.bellwether.openslo.OpenSlo;
import io.bellwether.openslo.Sloth;
import io.bellwether.plans.ArgoRollouts;
import io.bellwether.plans.Flagger;
import io.bellwether.plans.KayentaFile;
import io.bellwether.plans.PlanFile;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.List;
import java.util.Map;

/** What other tools have in files, taken over. */
public final class MigrationExample {
  private static final String ROLLOUT =
      """
      apiVersion: argoproj.io/v1alpha1
      kind: Rollout
      metadata: {name: support}
      spec:
        strategy:
          canary:
            trafficRouting: {nginx: {stableIngress: support}}
            steps:
              - setWeight: 10
              - pause: {duration: 10m}
              - setWeight: 50
              - pause: {}
      """;
  private static final String CANARY =
      """
      apiVersion: flagger.app/v1beta1
      kind: Canary
      metadata: {name: support}
      spec:
        analysis:
          interval: 5m
          threshold: 1
          maxWeight: 50
          stepWeight: 25
          metrics:
            - {name: request-success-rate, thresholdRange: {min: 99}, interval: 5m}
      """;
  private static final String JUDGE =
      """
      {"name": "support",
       "metrics": [{"name": "errors", "groups": ["quality"],
                    "analysisConfigurations": {"canary": {"direction": "increase"}}}],
       "classifier": {"groupWeights": {"quality": 100},
                      "scoreThresholds": {"marginal": 75, "pass": 95}}}
      """;
  private static final String ROUTES =
      """
      route:
        receiver: chat
        routes:
          - {matchers: [severity="critical"], receiver: pager}
      receivers: [{name: chat}, {name: pager}]
      """;
  private static final String SLOS =
      """
      version: prometheus/v1
      service: support
      slos:
        - name: answers
          objective: 99.5
          sli:
            events:
              error_query: sum(rate(errors_total[{{.window}}]))
              total_query: sum(rate(requests_total[{{.window}}]))
          alerting: {name: SupportErrors}
      """;

  private MigrationExample() {}

  /** Prints what becomes of them. */
  public static void main(String[] args) {
    System.out.println(
        planned(
            """
        release: support
        steps: [{weight: 10, bake: 10m}, {weight: 100, bake: 15m}]
        gates: [{preset: canary}]
        """));
    plans(ROLLOUT, CANARY);
    System.out.println(
        judged(JUDGE, new double[] {1, 2, 1, 2, 1, 2}, new double[] {9, 8, 9, 8, 9, 8}));
    route(ROUTES, LogReceiver.named("chat"), LogReceiver.named("pager"));
    slos(SLOS);
  }

  private static DeploymentStrategy planned(String yaml) {
    // begin: plan-file
    var plan = PlanFile.parse("plan.yml", yaml).canary();
    System.out.println(plan.simulate(traffic(600).candidateErrors(percent(9))));
    // end
    return plan;
  }

  private static void plans(String rollouts, String canaries) {
    // begin: migrate-plans
    ArgoRollouts.convert(rollouts).forEach(System.out::println);
    Flagger.convert(canaries).forEach(System.out::println);
    // end
  }

  private static KayentaResult judged(String json, double[] baseline, double[] canary) {
    // begin: migrate-kayenta
    var file = KayentaFile.parse(json);
    file.notes().forEach(System.out::println);
    var judge = KayentaJudge.of(file.config());
    var result =
        judge.judge(List.of(KayentaSamples.of("errors").baseline(baseline).canary(canary)));
    // end
    return result;
  }

  private static void route(String yaml, Receiver chat, Receiver pager) {
    // begin: migrate-alertmanager
    var file = AlertmanagerConfig.parse(yaml);
    try (var router = AlertRouter.create(r -> file.applyTo(r, chat, pager))) {
      System.out.println(router.explain(Map.of("severity", "critical")));
    }
    // end
  }

  private static void slos(String yaml) {
    // begin: migrate-slos
    var sloth = Sloth.parse(yaml);
    sloth.notes().forEach(System.out::println);
    System.out.println(OpenSlo.write(sloth.bundle()));
    // end
  }
}
