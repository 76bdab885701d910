package io.bellwether.examples.strategies;

import static io.bellwether.alert.Severity.CRITICAL;
import static io.bellwether.alert.Severity.WARNING;
import static io.bellwether.alerting.AlertRouter.sameLabels;
import static io.bellwether.alerting.route.Matcher.severity;
import static io.bellwether.alerting.route.Route.to;
import static java.time.Duration.ofMinutes;

import io.bellwether.alert.AlertRules;
import io.bellwether.alert.AlertSubject;
import io.bellwether.alert.RuleStates;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.gate.Evidence;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.Reading;
import io.bellwether.release.Version;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Readings become alerts, and alerts come to people: once, with what to do. */
public final class AlertsExample {
  private AlertsExample() {}

  /** Tells an imaginary pager of five bad minutes. */
  public static void main(String[] args) {
    Receiver pager =
        LambdaReceiver.of(
            "pager",
            notice -> {
              System.out.println(notice.reason().id() + ": " + notice.alerts().get(0).alert());
              return CompletableFuture.completedFuture(Delivery.delivered());
            });
    Receiver channel = LogReceiver.named("channel");

    // begin: alert-router
    var router =
        AlertRouter.create(
            r ->
                r.route(severity(CRITICAL), to(pager).andContinue())
                    .route(severity(CRITICAL), to(channel))
                    .route(severity(WARNING), to(channel).groupBy("release").every(ofMinutes(5)))
                    .inhibit(CRITICAL, WARNING, sameLabels("release", "environment")));
    // end

    // begin: alert-rules
    var rules =
        AlertRules.productionDefaults(
            r ->
                r.runbooks("https://wiki.example.com/runbooks/")
                    .logs("https://logs.example.com/chat"));
    // end

    var now = Instant.parse("2026-01-01T10:00:00Z");
    var evidence = Evidence.of(Map.of(Metric.ERROR_RATE, Reading.of(0.072, 5_000, "example")));
    var subject = AlertSubject.of("support-prompt", Version.version("v7"), "production");
    var states = RuleStates.NONE;
    for (var check = 0; check <= 12; check++) {
      // begin: alert-check
      var found = rules.evaluate(states, subject, evidence, now);
      states = found.states();
      router.notifyAll(found.alerts());
      // end
      now = now.plusSeconds(30);
    }

    // begin: alert-explain
    System.out.println(router.explain(Map.of("severity", "critical", "release", "support-prompt")));
    // end
    router.close();
  }
}
