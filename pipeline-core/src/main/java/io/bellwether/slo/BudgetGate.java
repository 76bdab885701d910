package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.RolloutGuard;
import io.bellwether.rollout.RunInfo;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets a deploy through as far as the error budget allows. Asked before every step of a rollout, so
 * a budget that is spent half way holds the rest; never asked on the way back. Thread-safe.
 *
 * <p>A run that was let through once is one deploy, however often it is asked about; the limit of
 * deploys is not asked of it again. Overrides that were needed are recorded with the numbers.
 */
public final class BudgetGate implements RolloutGuard {
  /** What becomes of what may not go on. */
  public enum WhenDenied {
    /**
     * A rollout that has not begun is refused, a running one waits; a stage of a pipeline fails.
     * The default for rollouts.
     */
    REFUSE,
    /**
     * It waits, begun or not, until the budget allows it. The default for stages: what was built
     * and tested stays good, and a review, an approval or an override can come only while it waits.
     */
    HOLD
  }

  private static final int REMEMBERED = 100;

  private final Supplier<SloReport> report;
  private final ErrorBudgetPolicy policy;
  private final BudgetBook book;
  private final InstantSource clock;
  private final Function<RunInfo, Change> changes;
  private final Function<ProtectionRequest, Change> stages;
  private final Optional<WhenDenied> whenDenied;
  private final Map<Version, Change> letThrough = new LinkedHashMap<>();
  private Hysteresis.@Nullable Held held;

  private BudgetGate(
      Supplier<SloReport> report,
      ErrorBudgetPolicy policy,
      BudgetBook book,
      InstantSource clock,
      Function<RunInfo, Change> changes,
      Function<ProtectionRequest, Change> stages,
      Optional<WhenDenied> whenDenied) {
    this.report = report;
    this.policy = policy;
    this.book = book;
    this.clock = clock;
    this.changes = changes;
    this.stages = stages;
    this.whenDenied = whenDenied;
  }

  /**
   * A gate; every deploy is a {@link ChangeKind#FEATURE} nobody has reviewed, unless {@link
   * #changes} says otherwise.
   *
   * @param report how the SLOs stand now; asked each time, so it should be cheap or remembered
   * @param policy who may deploy what
   * @param book where deploys and overrides are recorded
   * @param clock the wall clock, such as that of the runtime's {@code TimeSource}
   */
  public static BudgetGate of(
      Supplier<SloReport> report, ErrorBudgetPolicy policy, BudgetBook book, InstantSource clock) {
    requireNonNull(report, "budget gate: report is missing");
    requireNonNull(policy, "budget gate: policy is missing, see ErrorBudgetPolicy.standard()");
    requireNonNull(book, "budget gate: book is missing, see BudgetBook.inMemory()");
    requireNonNull(clock, "budget gate: clock is missing");
    return new BudgetGate(
        report, policy, book, clock, BudgetGate::feature, BudgetGate::plain, Optional.empty());
  }

  /** This gate with the kind of change each rollout is, and who stands for it. */
  public BudgetGate changes(Function<RunInfo, Change> changes) {
    return new BudgetGate(report, policy, book, clock, changes, stages, whenDenied);
  }

  /**
   * This gate with what a stage that asks wants to deploy, and who stands for it: such as a change
   * that is reviewed by whoever approved the stage. The trigger's version and kind, and nobody,
   * unless said otherwise.
   */
  public BudgetGate stages(Function<ProtectionRequest, Change> stages) {
    return new BudgetGate(report, policy, book, clock, changes, stages, whenDenied);
  }

  /** This gate with another answer to what may not go on, be it a rollout or a stage. */
  public BudgetGate whenDenied(WhenDenied whenDenied) {
    return new BudgetGate(report, policy, book, clock, changes, stages, Optional.of(whenDenied));
  }

  @Override
  public Clearance ask(RunInfo run, int step) {
    if (run.purpose() == RunInfo.Purpose.REVERT) {
      return Clearance.go();
    }
    var decision = admit(run.id(), change(run));
    if (decision.allowed()) {
      return new Clearance(Clearance.Decision.GO, decision.reason());
    }
    return denied(decision, WhenDenied.REFUSE);
  }

  /**
   * What the budget says of a stage that wants to work on a protected environment: {@code
   * environment.budget(gate::look)}. The stage waits until it may, unless {@link #whenDenied} says
   * otherwise. Records nothing, since a stage may wait for others still: the rollout it begins is
   * recorded by itself, and a stage that deploys by other means calls {@link #admit}.
   *
   * <p>A rollout of a version that a stage was let through with is asked about as the same change,
   * whatever {@link #changes} says, as long as this gate lives.
   */
  public Clearance look(ProtectionRequest request) {
    var change = stages.apply(request);
    var decision = decide(request.run(), change, clock.instant());
    if (decision.allowed()) {
      remember(request.trigger().version(), change);
      return new Clearance(Clearance.Decision.GO, decision.reason());
    }
    return denied(decision, WhenDenied.HOLD);
  }

  /**
   * Whether a change may be deployed, without deploying it: for a stage of a pipeline that asks
   * before it builds, or a page that shows it. Records nothing.
   */
  public PolicyDecision preview(Change change) {
    return decide("", change, clock.instant());
  }

  /**
   * Whether a change may be deployed now; if so, it is recorded as a deploy, and an override that
   * was needed as used. For a stage of a pipeline that deploys by other means than a rollout.
   *
   * @param run by which the deploy is told from others; asked about again, it stays the same deploy
   */
  public PolicyDecision admit(String run, Change change) {
    var now = clock.instant();
    var decision = decide(run, change, now);
    if (decision.allowed()) {
      book.deployed(run, change, now);
      decision.override().ifPresent(override -> book.used(override, run, now, decision.reason()));
    }
    return decision;
  }

  /** Whether so much more downtime, as a deploy may cost, would exhaust the deciding budget. */
  public boolean wouldExhaust(Duration expectedDowntime) {
    ErrorBudget.requireNotNegative("downtime", expectedDowntime);
    return report
        .get()
        .deciding()
        .flatMap(SloResult::budget)
        .map(
            budget ->
                !Times.nanos(expectedDowntime)
                    .dividedBy(budget.inOutageNanos())
                    .isBelow(budget.remainingShare()))
        .orElse(false);
  }

  private synchronized void remember(Version version, Change change) {
    letThrough.remove(version);
    letThrough.put(version, change);
    if (letThrough.size() > REMEMBERED) {
      letThrough.remove(letThrough.keySet().iterator().next());
    }
  }

  private synchronized Change change(RunInfo run) {
    var known = letThrough.get(run.candidate());
    return known == null ? changes.apply(run) : known;
  }

  private Clearance denied(PolicyDecision decision, WhenDenied usual) {
    return switch (whenDenied.orElse(usual)) {
      case REFUSE -> Clearance.refuse(decision.toString());
      case HOLD -> Clearance.waitFor(decision.toString());
    };
  }

  private PolicyDecision decide(String run, Change change, Instant now) {
    if (change.kind() == ChangeKind.ROLLBACK) {
      return PolicyDecision.wayBack(change);
    }
    var current = report.get();
    var deciding = current.deciding();
    var plain =
        deciding.isEmpty()
            ? policy.decideWithoutData(change)
            : policy
                .decide(band(deciding.get(), now), change, deploysBefore(run, now))
                .because(evidence(deciding.get()));
    var decision = plain;
    for (var silent : deciding.isEmpty() ? List.<String>of() : current.withoutData()) {
      decision = decision.noticing(silent + " has no data");
    }
    var override = decision.allowed() ? Optional.<BudgetOverride>empty() : book.overrideAt(now);
    return override.isPresent() ? decision.overriddenBy(override.get()) : decision;
  }

  private synchronized BudgetStatus band(SloResult deciding, Instant now) {
    var remaining = deciding.budget().orElseThrow().remainingShare();
    held = policy.hysteresis().next(Optional.ofNullable(held), remaining, policy.bands(), now);
    return held.status();
  }

  /** A run that is under way has its place already. */
  private int deploysBefore(String run, Instant now) {
    return book.attempt(run).isPresent()
        ? 0
        : book.deploysWithin(policy.deployWindow(), now).size();
  }

  private static String evidence(SloResult deciding) {
    return deciding.name() + " has " + deciding.budget().orElseThrow();
  }

  private static Change plain(ProtectionRequest request) {
    var trigger = request.trigger();
    return Change.of(trigger.version().toString(), trigger.change());
  }

  private static Change feature(RunInfo run) {
    return Change.of(run.release() + " " + run.candidate(), ChangeKind.FEATURE);
  }
}
