package io.bellwether.examples.quickstart;

import static io.bellwether.Ratio.percent;
import static io.bellwether.gate.Conditions.errorRate;
import static io.bellwether.gate.Conditions.latency;
import static io.bellwether.gate.Conditions.successRate;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.bellwether.BellwetherException;
import io.bellwether.analysis.SequentialJudge;
import io.bellwether.examples.quickstart.console.Row;
import io.bellwether.examples.quickstart.http.Threads;
import io.bellwether.examples.quickstart.load.Arrivals;
import io.bellwether.examples.quickstart.load.Trace;
import io.bellwether.examples.quickstart.report.Chronicle;
import io.bellwether.examples.quickstart.report.ScenarioResult;
import io.bellwether.examples.quickstart.report.ScenarioResult.Expected;
import io.bellwether.examples.quickstart.report.TrafficResult;
import io.bellwether.gate.MetricGate;
import io.bellwether.release.Version;
import io.bellwether.report.RolloutReport;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.Weight;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRecorder;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.runtime.RuntimeThreads;
import io.bellwether.strategy.DeploymentStrategy;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One scenario: a service of its own, and the rollout of version 2 on it.
 *
 * <p>This is where the library is used. All times here are the service's; {@link FastClock} makes
 * them pass.
 */
final class ScenarioRun implements AutoCloseable {
  /** How far back the gates look: shorter than usual, since the whole rollout is short. */
  private static final Duration WINDOW = ofMinutes(3);

  /**
   * The usual ceiling beside the judge, with fewer samples for the percentile: the canary's users
   * are few.
   */
  private static final MetricGate CANARY =
      MetricGate.named(
          "canary",
          g ->
              g.require(errorRate().atMost(percent(5)).over(WINDOW))
                  .require(latency().p95().atMost(ofMillis(2000)).minSamples(100))
                  .require(successRate().atLeast(percent(95)).over(WINDOW)));

  /**
   * Compares v2 with v1, wrong about a harmless v2 in at most one launch of a hundred. A rollout
   * this short is over before a proof that v2 is safe: a stated sample has to do.
   */
  private static final SequentialJudge JUDGE =
      SequentialJudge.create(j -> j.alpha(percent(1)).promoteAfter(500));

  private static final DeploymentStrategy STRATEGY =
      DeploymentStrategy.canary(
          Service.RELEASE.name(),
          c ->
              c.step(10, ofMinutes(3))
                  .step(25, ofMinutes(2))
                  .step(50, ofMinutes(2))
                  .step(100, ofSeconds(90))
                  .judge(JUDGE)
                  .gates(CANARY));

  /** How long the rollout takes when nothing goes wrong. */
  static final Duration PLANNED = STRATEGY.plan().length();

  private static final long MOST_LAPS = 3;
  private static final Duration RATES_OVER = WINDOW;
  private static final Duration RECORDED_EVERY = ofSeconds(5);
  private static final Duration CALL_DEADLINE = Duration.ofSeconds(10);
  private static final Duration AFTERWARDS = ofSeconds(30);
  private static final Weight OUTAGE_AT = Weight.percent(25);
  private static final Duration OUTAGE_AFTER = ofSeconds(30);
  private static final Duration OUTAGE_FOR = ofSeconds(90);

  private final Scenario scenario;
  private final FastClock clock;
  private final Service service;
  private final Chronicle chronicle;
  private final RolloutRecorder recorder;
  private final Consumer<String> say;
  private final ScheduledExecutorService timer;
  private final ExecutorService workers;
  private final RolloutRuntime runtime;
  private volatile Optional<Rollout> rollout = Optional.empty();

  private ScenarioRun(Scenario scenario, FastClock clock, Service service, Consumer<String> say) {
    this.scenario = scenario;
    this.clock = clock;
    this.service = service;
    this.say = say;
    this.chronicle = new Chronicle(service.ledger(), clock);
    this.timer = Threads.timer("engine-" + scenario.name());
    this.workers = Threads.pool("ports-" + scenario.name(), 8);
    var time = clock.time(timer);
    this.recorder =
        RolloutRecorder.create(
            r ->
                r.windows(service.router().windows(), RATES_OVER)
                    .every(RECORDED_EVERY, time)
                    .strategy(STRATEGY));
    this.runtime =
        RolloutRuntime.create(
            r ->
                r.release(Service.RELEASE)
                    .router(service.router())
                    .metrics(service.router().windows())
                    .notifier(alert -> tell(alert.toString()))
                    .listener(this::on)
                    .listener(chronicle)
                    .listener(recorder)
                    .callDeadline(clock.here(CALL_DEADLINE))
                    .threads(new RuntimeThreads(time, timer, workers, () -> {})));
  }

  /**
   * Opens a scenario's service and lets its users begin, all on version 1.
   *
   * @param say takes what happens, in lines for people
   * @throws IOException if no port can be had
   */
  static ScenarioRun open(
      Scenario scenario, Options options, Trace trace, FastClock clock, Consumer<String> say)
      throws IOException {
    var arrivals = Arrivals.of(trace, options.requests(), clock.onTheWall(PLANNED));
    var service =
        Service.open(
            scenario.name(),
            scenario.candidate(),
            options.rng(),
            arrivals,
            options.requests() * MOST_LAPS,
            clock);
    try {
      var run = new ScenarioRun(scenario, clock, service, say);
      service.users().start();
      return run;
    } catch (RuntimeException | Error broken) {
      service.close();
      throw broken;
    }
  }

  /** The scenario's name. */
  String name() {
    return scenario.name();
  }

  /** Begins to roll out version 2. */
  void begin() {
    rollout = Optional.of(runtime.start(STRATEGY, Service.V2));
  }

  /** Waits for the end, leaves the users on for a while, and sums up. */
  ScenarioResult result() throws InterruptedException {
    var end = end();
    TimeUnit.NANOSECONDS.sleep(clock.onTheWall(AFTERWARDS).toNanos());
    service.users().close();
    return new ScenarioResult(
        scenario.name(),
        scenario.story(),
        new Expected(scenario.expected(), scenario.outage()),
        end.phase(),
        end.explain(),
        chronicle.steps(),
        chronicle.holds(),
        chronicle.judgement(JUDGE),
        TrafficResult.of(service.users().tally(), service.ledger()));
  }

  /** What happened, for a page to look at; empty before it began. */
  Optional<RolloutReport> report() {
    return rollout.flatMap(it -> recorder.report(it.id()));
  }

  /** Where it stands now. */
  Row row() {
    var state = rollout.map(Rollout::state);
    return new Row(
        scenario.name(),
        state.map(ScenarioRun::candidateShare).orElse(0.0),
        state.map(RolloutState::phase).orElse(Phase.PENDING),
        rates(Service.V1),
        rates(Service.V2),
        clock.onTheWall(state.map(this::left).orElse(PLANNED)));
  }

  @Override
  public void close() {
    runtime.close();
    recorder.close();
    timer.shutdownNow();
    workers.shutdownNow();
    service.close();
  }

  private RolloutState end() {
    var started = rollout.orElseThrow();
    try {
      return started.await(clock.onTheWall(PLANNED.multipliedBy(MOST_LAPS)));
    } catch (BellwetherException notEnded) {
      return started.state();
    }
  }

  private void on(RolloutEvent event, RolloutState state) {
    if (event instanceof RolloutEvent.Moved moved) {
      tell(event.explain());
      if (scenario.outage() && moved.split().weight().equals(OUTAGE_AT)) {
        var scheduler = clock.time(timer).scheduler();
        scheduler.schedule(OUTAGE_AFTER, this::beginOutage);
        scheduler.schedule(OUTAGE_AFTER.plus(OUTAGE_FOR), this::endOutage);
      }
    } else if (event instanceof RolloutEvent.Held || event instanceof RolloutEvent.Released) {
      tell(event.explain());
    }
  }

  private void beginOutage() {
    service.model().beginOutage(Scenario.OUTAGE.faster(clock.speed()));
    tell("the provider is in trouble now: " + Scenario.OUTAGE);
  }

  private void endOutage() {
    service.model().endOutage();
    tell("the provider is well again");
  }

  private void tell(String what) {
    var sinceStart = Duration.between(clock.wallStart(), clock.now());
    say.accept(
        String.format(
            Locale.ROOT,
            "%02d:%02d  %-8s  %s",
            sinceStart.toMinutes(),
            sinceStart.toSecondsPart(),
            scenario.name(),
            what));
  }

  private Row.Rates rates(Version version) {
    return service
        .router()
        .windows()
        .find(Service.RELEASE.name(), version)
        .map(window -> Row.Rates.of(window.snapshot(RATES_OVER)))
        .orElse(Row.Rates.NONE);
  }

  private Duration left(RolloutState state) {
    var steps = STRATEGY.plan().steps();
    var left = Duration.ZERO;
    for (var step : steps.subList(state.step(), steps.size())) {
      left = left.plus(step.bake().orElse(Duration.ZERO));
    }
    return left.minus(state.bake().elapsed(clock.now()));
  }

  private static double candidateShare(RolloutState state) {
    return state.phase() == Phase.PROMOTED ? 100 : state.weight().percent();
  }
}
