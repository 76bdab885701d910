package io.bellwether.leak;

import static io.bellwether.release.Version.version;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.health.HealthChecks;
import io.bellwether.health.HealthMonitor;
import io.bellwether.health.HealthRegistry;
import io.bellwether.incident.Incident;
import io.bellwether.incident.IncidentDesk;
import io.bellwether.incident.RecentDeployment;
import io.bellwether.incident.RecoveryCheck;
import io.bellwether.incident.Tickets;
import io.bellwether.metrics.Metric;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.http.HttpMetricSource;
import io.bellwether.openslo.OpenSlo;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.run.FilePipelineStore;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.pipeline.stage.SmokeTests;
import io.bellwether.prometheus.PrometheusMeters;
import io.bellwether.prometheus.PrometheusMetricSource;
import io.bellwether.prometheus.PrometheusMetricSourceBuilder;
import io.bellwether.secret.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Pipelines, health, incidents and SLOs whose parts fail with the canary in their words. */
class DeliveryLeakTest extends Leaks {
  private final List<Alert> alerts = new ArrayList<>();

  @Test
  void a_pipeline_with_its_reports_its_store_and_its_audit_log() throws IOException {
    Files.createDirectories(written());
    var stages =
        List.<UnaryOperator<Stage.Builder>>of(
            s -> s.perform(context -> fail()),
            s -> s.run(context -> fail()),
            s -> s.begin(context -> CompletableFuture.supplyAsync(this::fail, Runnable::run)),
            s -> s.environment("production").perform(context -> {}));
    try (var audit = AuditLog.open(written().resolve("audit.log"));
        var store = FilePipelineStore.open(written().resolve("pipeline"));
        var runner =
            PipelineRunner.create(
                time.source(),
                Runnable::run,
                r ->
                    r.environment(Environment.named("production", e -> e.budget(request -> fail())))
                        .approvals(request -> fail())
                        .listener((event, state) -> see(event + " " + state))
                        .store(store)
                        .audit(audit))) {
      for (var stage : stages) {
        var pipeline = Pipeline.named("chat", p -> p.stage("it", stage));
        var run = runner.start(pipeline, Trigger.of("main", "4f2a9c1", "dev"));
        time.advance(ofMinutes(10));
        var state = run.state();
        see(state);
        see(run.journal());
        assertThat(run.journal().toString()).contains(WITHOUT_IT);
        var report = RunReport.of(pipeline, state);
        see(report.tree());
        see(report.toJson());
        see(report.mermaid());
        see(report.jobSummary());
      }
      see(audit.toJsonLines());
      see(audit.toMarkdown());
      see(audit);
    }
  }

  @Test
  void health_with_its_report_and_its_alerts() {
    var health =
        HealthRegistry.create(
            time.source(),
            Runnable::run,
            h ->
                h.check("ai_api", this::fail)
                    .check("database", this::fail)
                    .cachedFor(Duration.ZERO));
    try (var monitor =
        HealthMonitor.create(
            health, time.source(), Runnable::run, m -> m.notifier(alerts::add).service("chat"))) {
      monitor.start();
      time.advance(ofMinutes(3));
      see(monitor);
      var report = health.checkNow().toCompletableFuture().join();
      see(report);
      see(report.toJson());
      assertThat(report.toString()).contains(WITHOUT_IT);
    }
    assertThat(alerts).isNotEmpty();
    alerts.forEach(this::see);
  }

  @Test
  void requests_that_cannot_be_sent_or_are_not_answered() throws Exception {
    var client = HttpClient.newHttpClient();
    var nowhere = URI.create("http://robot:" + MARK + "@127.0.0.1:1/v1?key=" + MARK);
    for (var value : List.of(CANARY, CANARY + "\n")) {
      attempt(() -> HealthChecks.aiApi(client, nowhere).header("X-Key", () -> value).look());
      see(HealthChecks.http(client, nowhere));
      attempt(
          () ->
              SmokeTests.against(
                      client,
                      nowhere,
                      t -> t.check("key", c -> c.get("/").header("X", () -> value)))
                  .run());
      var metrics =
          HttpMetricSource.create(
              client, h -> h.endpoint(nowhere).wall(time.source().wall()).header("X-Key", value));
      see(metrics);
      attempt(
          () ->
              metrics.read(
                  new MetricQuery("chat", version("v1"), Metric.ERROR_RATE, ofMinutes(5))));
    }
  }

  @Test
  void a_prometheus_server_that_is_not_there_or_takes_no_such_login() {
    var query = new MetricQuery("chat", version("v1"), Metric.ERROR_RATE, ofMinutes(5));
    for (var value : List.of(CANARY, CANARY + "\n")) {
      for (var login :
          List.<UnaryOperator<PrometheusMetricSourceBuilder>>of(
              p -> p.bearer(() -> Secret.of(value)),
              p -> p.basic("robot", () -> Secret.of(value)),
              p -> p.header("X-Key", () -> Secret.of(value)),
              p -> p.bearer(() -> Secret.of(this.<String>fail())))) {
        attempt(
            () -> {
              var server = URI.create("http://127.0.0.1:1/");
              var metrics =
                  PrometheusMetricSource.create(
                      HttpClient.newHttpClient(),
                      p ->
                          login.apply(
                              p.server(server).meters(PrometheusMeters.of("ai_requests", m -> m))));
              see(metrics);
              return metrics.read(query);
            });
      }
    }
  }

  @Test
  void an_incident_with_its_timeline_and_its_postmortem() {
    try (var desk =
        IncidentDesk.create(
            time.source(),
            Runnable::run,
            d ->
                d.deployments(
                        from ->
                            List.of(
                                new RecentDeployment(
                                    time.instant(), "chat", "v7", "production", "dev")))
                    .rollback((deployment, actor, reason) -> fail())
                    .rollBackByItself()
                    .provider(this::fail)
                    .tickets(new FailingTickets())
                    .statusPage(notice -> fail())
                    .stakeholders(alert -> fail())
                    .recovery(RecoveryCheck.of("metrics", this::fail)))) {
      var id =
          desk.take(
                  Alert.of(
                      "error_rate",
                      Severity.CRITICAL,
                      time.instant(),
                      a -> a.firing().summary("7%")))
              .orElseThrow();
      time.advance(ofSeconds(90));
      var incident = desk.incident(id);
      see(incident);
      see(incident.timeline());
      see(desk.postmortem(id));
      assertThat(incident.timeline().toString()).contains(WITHOUT_IT);
    }
  }

  private final class FailingTickets implements Tickets {
    @Override
    public String open(Incident incident) {
      return fail();
    }

    @Override
    public void update(String ticket, Incident incident) {
      fail();
    }
  }

  @Test
  void an_openslo_document_that_holds_it() {
    var text = CANARY.replace("'", "''");
    for (var yaml :
        List.of(
            "apiVersion: openslo/v1\nkind: DataSource\nmetadata: {name: p}\nspec: {type: p, connectionDetails: {token: '"
                + text
                + "'}}",
            "apiVersion: openslo/v1\nkind: SLO\nmetadata: {name: '" + text,
            "a: '" + text + "'\n\tb: 1")) {
      attempt(() -> OpenSlo.parse(yaml));
    }
  }
}
