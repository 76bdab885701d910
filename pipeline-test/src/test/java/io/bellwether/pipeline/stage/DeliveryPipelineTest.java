package io.bellwether.pipeline.stage;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.bellwether.metrics.Metric;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.RunPhase;
import io.bellwether.pipeline.Stage;
import io.bellwether.pipeline.StageResult;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.report.RunReport;
import io.bellwether.pipeline.run.PipelineRun;
import io.bellwether.pipeline.run.PipelineRunner;
import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import io.bellwether.testing.ScriptedMetrics;
import io.bellwether.testing.VirtualTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class DeliveryPipelineTest {
  private static final Version V7 = Version.version("v7");
  private static final Trigger MAIN = Trigger.of("main", "4f2a9c1", "dev").withVersion(V7);

  private final VirtualTime time = VirtualTime.create();
  private final List<String> done = new ArrayList<>();

  @Test
  void on_main_everything_runs_and_people_are_told() {
    var run = run(usual(), MAIN);

    assertThat(run.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
    assertThat(done)
        .containsExactly(
            "validate",
            "unit-tests",
            "integration-tests",
            "quality-gate",
            "deploy-staging",
            "staging-smoke-tests",
            "deploy-production",
            "production-smoke-tests",
            "monitor",
            "notify");
    assertThat(run.state().stage("migrate").message())
        .isEqualTo("it applies when change is one of [MIGRATION] and branch is develop or main");
  }

  @Test
  void develop_goes_to_staging_and_a_feature_branch_nowhere() {
    run(usual(), Trigger.of("develop", "1", "dev"));
    assertThat(done).contains("staging-smoke-tests").doesNotContain("deploy-production");
    done.clear();
    var feature = run(usual(), Trigger.of("feature/x", "1", "dev"));
    assertThat(done)
        .containsExactly("validate", "unit-tests", "integration-tests", "quality-gate", "notify");
    assertThat(feature.state().phase()).isEqualTo(RunPhase.SUCCEEDED);
  }

  @Test
  void a_migration_runs_before_staging() {
    run(usual(), MAIN.withChange(ChangeKind.MIGRATION));
    assertThat(done).containsSubsequence("quality-gate", "migrate", "deploy-staging");
  }

  @Test
  void a_failed_test_keeps_everything_from_being_deployed_and_is_told() {
    var run = run(named(p -> p.unitTests(s -> s.run(c -> StageResult.failure("broken")))), MAIN);

    assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
    assertThat(done).containsExactly("validate", "integration-tests", "notify");
    assertThat(run.state().stage("deploy-production").message()).isEqualTo("unit-tests failed");
  }

  @Test
  void every_stage_a_host_forgot_is_told_at_once() {
    assertThatThrownBy(() -> DeliveryPipeline.named("chat", p -> p))
        .hasMessageContainingAll(
            "has 9 problems", "nobody said what 'validate' does", "'monitor' does");
  }

  @Test
  void smoke_tests_look_at_status_text_and_fields() throws Exception {
    var server = server();
    try {
      var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
      var client = HttpClient.newHttpClient();
      var good =
          SmokeTests.against(
              client,
              base,
              s ->
                  s.check("health", c -> c.get("/health").expectField("status", "OK"))
                      .check("echo", c -> c.post("/echo", "{\"q\":\"hi\"}").expectText("hi")));
      assertThat(good.run()).allMatch(SmokeTests.Finding::passed);

      var bad =
          SmokeTests.against(
              client,
              base,
              s ->
                  s.check("status", c -> c.get("/missing"))
                      .check("teapot", c -> c.get("/health").expectStatus(418))
                      .check("field", c -> c.get("/health").expectField("status", "DOWN"))
                      .check("other", c -> c.get("/health").expectField("state", "OK"))
                      .check("text", c -> c.get("/health").expectText("fine")));
      assertThat(bad.run())
          .extracting(finding -> String.join("", finding.failures()))
          .containsExactly(
              "status 404, expected 200 to 299",
              "status 200, expected 418",
              "status is 'OK', expected 'DOWN'",
              "state is missing, expected 'OK'",
              "the answer does not hold 'fine'");
    } finally {
      server.stop(0);
    }
    assertThatThrownBy(
            () -> SmokeTests.against(HttpClient.newHttpClient(), URI.create("http://x"), s -> s))
        .hasMessageContaining("no check; add check(");
  }

  @Test
  void a_server_that_is_not_there_fails_the_stage() throws IOException {
    var server = server();
    var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    server.stop(0);
    var smoke =
        SmokeTests.against(
            HttpClient.newHttpClient(), base, s -> s.check("health", c -> c.get("/health")));
    var run = run(named(p -> p.stagingSmokeTests(s -> s.run(smoke))), MAIN);
    assertThat(run.state().stage("staging-smoke-tests").message())
        .startsWith("1 of 1 smoke tests failed: health failed: no answer: ");
  }

  @Test
  void the_monitor_passes_after_ten_good_minutes() {
    var metrics = healthy(ScriptedMetrics.create(time));
    var run = run(monitored(MonitorStage.of("chat", metrics, time.source(), Runnable::run)), MAIN);

    time.advance(ofSeconds(599));
    assertThat(run.state().stage("monitor").status()).isEqualTo(StageStatus.RUNNING);
    time.advance(ofSeconds(1));
    assertThat(run.state().stage("monitor").message())
        .startsWith("watched for 10m, 20 looks: PASS canary");
  }

  @Test
  void the_monitor_fails_at_the_first_breach() {
    var metrics = healthy(ScriptedMetrics.create(time));
    metrics.after(ofMinutes(3), then -> then.given(V7, Metric.ERROR_RATE, 0.09, 1_000));
    var run = run(monitored(MonitorStage.of("chat", metrics, time.source(), Runnable::run)), MAIN);

    time.advance(ofMinutes(4));
    assertThat(run.state().phase()).isEqualTo(RunPhase.FAILED);
    assertThat(run.state().stage("monitor").message()).startsWith("FAIL canary: error_rate 9%");
  }

  @Test
  void without_evidence_the_monitor_waits_and_then_fails() {
    var run =
        run(
            monitored(
                MonitorStage.of(
                    "chat", ScriptedMetrics.create(time), time.source(), Runnable::run)),
            MAIN);

    time.advance(ofMinutes(39));
    assertThat(run.state().stage("monitor").status()).isEqualTo(StageStatus.RUNNING);
    time.advance(ofMinutes(1));
    assertThat(run.state().stage("monitor").message())
        .startsWith("nothing has shown within 40m that all is well: NO_DATA");
  }

  @Test
  void a_stage_that_deploys_takes_it_back_when_it_has_to_stop() {
    var end = new CompletableFuture<StageResult>();
    Deployer deployer =
        (version, context) ->
            new Deployer.Deployment() {
              @Override
              public CompletableFuture<StageResult> end() {
                return end;
              }

              @Override
              public void abort(String actor, String reason) {
                done.add("taken back " + version);
                end.complete(StageResult.failure("rolled back"));
              }
            };
    var run = run(named(p -> p.deployStaging(s -> s.begin(new DeployStage(deployer)))), MAIN);
    run.cancel("ops", "wrong version");

    assertThat(done).contains("taken back v7");
    assertThat(run.state().phase()).isEqualTo(RunPhase.CANCELLED);
  }

  @Test
  void a_run_reads_as_a_tree() {
    var run =
        run(
            named(p -> p.integrationTests(s -> s.run(c -> StageResult.failure("2 of 40 failed")))),
            MAIN);
    assertThat(RunReport.of(usual(), run.state()).tree())
        .isEqualTo(
            """
            chat v7 (main at 4f2a9c1, FEATURE) by dev: FAILED in 0ms
            └─ ✔ validate  SUCCEEDED in 0ms
               ├─ ✔ unit-tests  SUCCEEDED in 0ms
               └─ ✘ integration-tests  FAILED in 0ms  2 of 40 failed
                  └─ ○ quality-gate  SKIPPED  integration-tests failed
                     └─ ○ migrate  SKIPPED  integration-tests failed
                        └─ ○ deploy-staging  SKIPPED  integration-tests failed
                           └─ ○ staging-smoke-tests  SKIPPED  integration-tests failed
                              └─ ○ deploy-production  SKIPPED  integration-tests failed
                                 └─ ○ production-smoke-tests  SKIPPED  integration-tests failed
                                    └─ ○ monitor  SKIPPED  integration-tests failed
                                       └─ ✔ notify  SUCCEEDED in 0ms
            """);
  }

  private PipelineRun run(Pipeline pipeline, Trigger trigger) {
    var runner = PipelineRunner.create(time.source(), Runnable::run, r -> r);
    return runner.start(pipeline, trigger);
  }

  private Pipeline usual() {
    return named(p -> p);
  }

  private Pipeline monitored(MonitorStage monitor) {
    return named(p -> p.monitor(s -> s.begin(monitor)));
  }

  private Pipeline named(UnaryOperator<DeliveryPipeline.Builder> other) {
    return DeliveryPipeline.named(
        "chat",
        p ->
            other.apply(
                p.validate(this::does)
                    .unitTests(this::does)
                    .integrationTests(this::does)
                    .qualityGate(this::does)
                    .migration(this::does)
                    .deployStaging(this::does)
                    .stagingSmokeTests(this::does)
                    .deployProduction(this::does)
                    .productionSmokeTests(this::does)
                    .monitor(this::does)
                    .tell(this::does)));
  }

  private Stage.Builder does(Stage.Builder stage) {
    return stage.perform(context -> done.add(context.stage()));
  }

  private static ScriptedMetrics healthy(ScriptedMetrics metrics) {
    metrics.given(V7, Metric.ERROR_RATE, 0.01, 1_000);
    metrics.given(V7, Metric.SUCCESS_RATE, 0.99, 1_000);
    metrics.given(V7, Metric.LATENCY_P95, 800, 1_000);
    return metrics;
  }

  private static HttpServer server() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var body =
                path.equals("/echo")
                    ? exchange.getRequestBody().readAllBytes()
                    : "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(path.equals("/missing") ? 404 : 200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    server.start();
    return server;
  }
}
