package io.bellwether.pipeline.stage;

import static io.bellwether.pipeline.StageCondition.branches;
import static io.bellwether.pipeline.StageCondition.changes;

import io.bellwether.Problems;
import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.Stage;
import io.bellwether.release.ChangeKind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The usual pipeline: validate, unit and integration tests side by side, quality gate, an optional
 * migration, staging and its smoke tests on {@code develop} and {@code main}, production behind its
 * protection rules on {@code main}, its smoke tests, ten minutes of watching, and at the end people
 * are told whatever became of it.
 *
 * <pre>
 * validate -> unit-tests        -> quality-gate -> migrate -> deploy-staging -> staging-smoke-tests
 *          -> integration-tests ->
 *   -> deploy-production -> production-smoke-tests -> monitor ... notify
 * </pre>
 */
public final class DeliveryPipeline {
  /** Syntax, schemas, secrets and dependencies. */
  public static final String VALIDATE = "validate";

  /** Tests of units. */
  public static final String UNIT_TESTS = "unit-tests";

  /** Tests of the whole. */
  public static final String INTEGRATION_TESTS = "integration-tests";

  /** Enough coverage. */
  public static final String QUALITY_GATE = "quality-gate";

  /** Other data, when the change is a migration. */
  public static final String MIGRATE = "migrate";

  /** To staging. */
  public static final String DEPLOY_STAGING = "deploy-staging";

  /** Whether staging works. */
  public static final String STAGING_SMOKE_TESTS = "staging-smoke-tests";

  /** To production. */
  public static final String DEPLOY_PRODUCTION = "deploy-production";

  /** Whether production works. */
  public static final String PRODUCTION_SMOKE_TESTS = "production-smoke-tests";

  /** Whether users are well. */
  public static final String MONITOR = "monitor";

  /** Tells people. */
  public static final String NOTIFY = "notify";

  /** The stages a host has to fill; migration and notification may be left out. */
  private static final List<String> NEEDED =
      List.of(
          VALIDATE,
          UNIT_TESTS,
          INTEGRATION_TESTS,
          QUALITY_GATE,
          DEPLOY_STAGING,
          STAGING_SMOKE_TESTS,
          DEPLOY_PRODUCTION,
          PRODUCTION_SMOKE_TESTS,
          MONITOR);

  private DeliveryPipeline() {}

  /**
   * The pipeline with the host's actions.
   *
   * @throws io.bellwether.InvalidConfigurationException with every problem at once, among them each
   *     stage that was left out
   */
  public static Pipeline named(String name, UnaryOperator<Builder> actions) {
    return actions.apply(new Builder(name)).build();
  }

  /** Collects the host's actions. Not thread-safe. */
  public static final class Builder {
    private final String name;
    private final Map<String, UnaryOperator<Stage.Builder>> actions = new LinkedHashMap<>();
    private String[] stagingBranches = {"develop", "main"};
    private String[] productionBranches = {"main"};

    private Builder(String name) {
      this.name = name;
    }

    /**
     * Syntax, schemas, secrets, and dependencies with known faults of moderate severity or more.
     */
    public Builder validate(UnaryOperator<Stage.Builder> action) {
      return put(VALIDATE, action);
    }

    /** Tests of units, side by side with the integration tests. */
    public Builder unitTests(UnaryOperator<Stage.Builder> action) {
      return put(UNIT_TESTS, action);
    }

    /** Tests of the whole, side by side with the unit tests. */
    public Builder integrationTests(UnaryOperator<Stage.Builder> action) {
      return put(INTEGRATION_TESTS, action);
    }

    /** Enough coverage, such as {@code s.run(QualityGate.of(report))}. */
    public Builder qualityGate(UnaryOperator<Stage.Builder> action) {
      return put(QUALITY_GATE, action);
    }

    /** Changes data before a deployment, when the change is a migration; never twice. */
    public Builder migration(UnaryOperator<Stage.Builder> action) {
      return put(MIGRATE, action);
    }

    /** To staging, such as {@code s.environment("staging").begin(new DeployStage(deployer))}. */
    public Builder deployStaging(UnaryOperator<Stage.Builder> action) {
      return put(DEPLOY_STAGING, action);
    }

    /** Whether staging works, such as {@code s.run(SmokeTests.against(…))}. */
    public Builder stagingSmokeTests(UnaryOperator<Stage.Builder> action) {
      return put(STAGING_SMOKE_TESTS, action);
    }

    /** To production; name its environment for approvals to be asked for. */
    public Builder deployProduction(UnaryOperator<Stage.Builder> action) {
      return put(DEPLOY_PRODUCTION, action);
    }

    /** Whether production works. */
    public Builder productionSmokeTests(UnaryOperator<Stage.Builder> action) {
      return put(PRODUCTION_SMOKE_TESTS, action);
    }

    /** Whether users are well, such as {@code s.begin(MonitorStage.of(…))}. */
    public Builder monitor(UnaryOperator<Stage.Builder> action) {
      return put(MONITOR, action);
    }

    /** Tells people, whatever became of the run. */
    public Builder tell(UnaryOperator<Stage.Builder> action) {
      return put(NOTIFY, action);
    }

    /** Which branches go to staging; {@code develop} and {@code main} unless said. */
    public Builder stagingBranches(String... globs) {
      stagingBranches = globs.clone();
      return this;
    }

    /** Which branches go to production; {@code main} unless said. */
    public Builder productionBranches(String... globs) {
      productionBranches = globs.clone();
      return this;
    }

    private Builder put(String stage, UnaryOperator<Stage.Builder> action) {
      actions.put(stage, action);
      return this;
    }

    private Pipeline build() {
      var problems = new Problems();
      for (var stage : NEEDED) {
        problems.require(actions.containsKey(stage), "nobody said what '" + stage + "' does");
      }
      problems.throwIfAny("delivery pipeline '" + name + "'");
      var pipeline = Pipeline.builder(name);
      var staging = branches(stagingBranches);
      var production = branches(productionBranches);
      add(pipeline, VALIDATE, s -> s);
      add(pipeline, UNIT_TESTS, s -> s.needs(VALIDATE));
      add(pipeline, INTEGRATION_TESTS, s -> s.needs(VALIDATE));
      add(pipeline, QUALITY_GATE, s -> s.needs(UNIT_TESTS, INTEGRATION_TESTS));
      var migrates = actions.containsKey(MIGRATE);
      if (migrates) {
        add(
            pipeline,
            MIGRATE,
            s ->
                s.needs(QUALITY_GATE).when(changes(ChangeKind.MIGRATION)).when(staging).onceOnly());
      }
      add(
          pipeline,
          DEPLOY_STAGING,
          s -> (migrates ? s.after(MIGRATE) : s.needs(QUALITY_GATE)).when(staging));
      add(pipeline, STAGING_SMOKE_TESTS, s -> s.needs(DEPLOY_STAGING));
      add(pipeline, DEPLOY_PRODUCTION, s -> s.needs(STAGING_SMOKE_TESTS).when(production));
      add(pipeline, PRODUCTION_SMOKE_TESTS, s -> s.needs(DEPLOY_PRODUCTION));
      add(pipeline, MONITOR, s -> s.needs(PRODUCTION_SMOKE_TESTS));
      if (actions.containsKey(NOTIFY)) {
        add(pipeline, NOTIFY, s -> s.needs(MONITOR).always());
      }
      return pipeline.build();
    }

    private void add(Pipeline.Builder pipeline, String stage, UnaryOperator<Stage.Builder> place) {
      var action = actions.getOrDefault(stage, UnaryOperator.identity());
      pipeline.stage(stage, s -> action.apply(place.apply(s)));
    }
  }
}
