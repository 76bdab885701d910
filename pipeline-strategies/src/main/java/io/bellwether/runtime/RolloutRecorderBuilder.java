package io.bellwether.runtime;

import io.bellwether.Problems;
import io.bellwether.analysis.CanaryJudge;
import io.bellwether.metrics.OutcomeWindows;
import io.bellwether.report.RolloutReport;
import io.bellwether.report.RolloutReportBuilder;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.slo.SloReport;
import io.bellwether.strategy.DeploymentStrategy;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Says what a {@link RolloutRecorder} looks at. Not thread-safe. */
public final class RolloutRecorderBuilder {
  private final Problems problems = new Problems();
  private final Map<String, CanaryJudge> judges = new HashMap<>();
  private Optional<Function<String, SloReport>> budgets = Optional.empty();
  private UnaryOperator<String> people = UnaryOperator.identity();
  Optional<OutcomeWindows> windows = Optional.empty();
  Optional<RolloutStore> store = Optional.empty();
  Optional<TimeSource> time = Optional.empty();
  Duration window = Duration.ofMinutes(5);
  Duration every = Duration.ofSeconds(10);
  int kept = 50;

  RolloutRecorderBuilder() {}

  /**
   * Takes both versions' error rates and latencies from these windows; without them reports show
   * what the gates have read.
   *
   * @param window how far back each figure goes; positive
   */
  public RolloutRecorderBuilder windows(OutcomeWindows windows, Duration window) {
    problems.given(windows, "the windows");
    this.windows = Optional.ofNullable(windows);
    this.window =
        problems.valid(Durations.positiveProblem("the window", window), window, this.window);
    return this;
  }

  /** Takes figures this often besides with every event; only with every event unless said. */
  public RolloutRecorderBuilder every(Duration every, TimeSource time) {
    problems.given(time, "the time");
    this.time = Optional.ofNullable(time);
    this.every = problems.valid(Durations.positiveProblem("every", every), every, this.every);
    return this;
  }

  /** Where the journals of rollouts are that this recorder has not heard from the beginning. */
  public RolloutRecorderBuilder store(RolloutStore store) {
    problems.given(store, "the store");
    this.store = Optional.ofNullable(store);
    return this;
  }

  /**
   * How the error budgets of a release stand; asked when its rollouts begin and end, on the
   * engine's thread, so that it should answer from memory.
   */
  public RolloutRecorderBuilder budgets(Function<String, SloReport> ofRelease) {
    problems.given(ofRelease, "the budgets");
    budgets = Optional.ofNullable(ofRelease);
    return this;
  }

  /** The strategy of a release, whose judge can tell what it has compared. */
  public RolloutRecorderBuilder strategy(DeploymentStrategy strategy) {
    if (problems.given(strategy, "a strategy")) {
      strategy.plan().judge().ifPresent(judge -> judges.put(strategy.release(), judge));
    }
    return this;
  }

  /** How reports call who asked or approved, such as by a role; as recorded unless said. */
  public RolloutRecorderBuilder people(UnaryOperator<String> names) {
    people = problems.given(names, "the names of people") ? names : people;
    return this;
  }

  /** How many ended rollouts are kept; 50 unless said otherwise. */
  public RolloutRecorderBuilder keep(int ended) {
    problems.require(ended >= 0, "keep is " + ended + ", expected at least 0");
    kept = Math.max(0, ended);
    return this;
  }

  /**
   * The recorder.
   *
   * @throws io.bellwether.InvalidConfigurationException with everything that is wrong at once
   */
  public RolloutRecorder build() {
    problems.throwIfAny("rollout recorder");
    return new RolloutRecorder(this);
  }

  RolloutReportBuilder report(RunInfo run) {
    var report = RolloutReport.builder().people(people);
    Optional.ofNullable(judges.get(run.release())).ifPresent(report::judge);
    return report;
  }

  RolloutReportBuilder report(RolloutEvent first) {
    return first instanceof RolloutEvent.Accepted accepted
        ? report(accepted.run())
        : RolloutReport.builder().people(people);
  }

  Optional<SloReport> budgetsOf(String release) {
    return budgets.map(ask -> ask.apply(release));
  }
}
