package io.bellwether.strategy;

import io.bellwether.alert.Alert;
import io.bellwether.gate.Verdict;
import io.bellwether.metrics.MetricQuery;
import io.bellwether.metrics.Reading;
import io.bellwether.rollout.Clearance;
import io.bellwether.rollout.Confirmation;
import io.bellwether.rollout.Counted;
import io.bellwether.rollout.Decision;
import io.bellwether.rollout.Judged;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutDecider;
import io.bellwether.rollout.RolloutEffect;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutInput;
import io.bellwether.rollout.RolloutPlan;
import io.bellwether.rollout.RolloutState;
import io.bellwether.rollout.RunInfo;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a strategy would do on scripted traffic or on recorded metrics, decided by the engine's own
 * decider.
 *
 * <p>Deterministic; prints as one explained line per decision. It stops four days after the plan's
 * length, or after 100,000 decisions, and says so.
 */
public final class Simulation {
  private final RolloutState end;
  private final List<RolloutEvent> journal;
  private final List<Line> lines;
  private final List<Alert> alerts;
  private final OptionalLong exposed;
  private final Optional<String> cutShort;

  /**
   * One decision.
   *
   * @param after since the rollout's begin
   * @param text what was decided and why
   */
  public record Line(Duration after, String text) {
    /** For example {@code 0:20:00 ABORTING, because a gate failed: …}. */
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d:%02d:%02d  %s",
          after.toHours(),
          after.toMinutesPart(),
          after.toSecondsPart(),
          text);
    }
  }

  private Simulation(Run run) {
    end = run.state;
    journal = List.copyOf(run.journal);
    lines = List.copyOf(run.lines);
    alerts = List.copyOf(run.alerts);
    cutShort = run.cutShort();
    exposed = run.model.exposed(end.candidate(), run.now);
  }

  static Simulation run(RolloutPlan plan, SimulationModel model) {
    return new Run(plan, model).toEnd();
  }

  /** How it ended. */
  public RolloutState end() {
    return end;
  }

  /** Every event, as a journal would keep it. */
  public List<RolloutEvent> journal() {
    return journal;
  }

  /** The decisions, in order. */
  public List<Line> lines() {
    return lines;
  }

  /** What people would have been told. */
  public List<Alert> alerts() {
    return alerts;
  }

  /** How many requests the candidate served; empty where a trace does not tell. */
  public OptionalLong exposed() {
    return exposed;
  }

  /**
   * Why it stopped before the rollout ended, which is said by its last line too; empty where the
   * rollout ended.
   */
  public Optional<String> cutShort() {
    return cutShort;
  }

  /** How long it took. */
  public Duration length() {
    return journal.isEmpty()
        ? Duration.ZERO
        : Duration.between(journal.get(0).at(), journal.get(journal.size() - 1).at());
  }

  /** One line per decision, and the end. */
  @Override
  public String toString() {
    return lines.stream().map(Line::toString).collect(Collectors.joining("\n"))
        + "\n=> "
        + end.explain()
        + (exposed.isPresent()
            ? "; " + end.candidate() + " served " + exposed.getAsLong() + " requests"
            : "");
  }

  /** One run of the decider against a model, on a clock that jumps. */
  private static final class Run {
    /** Past this beyond the plan's length a rollout that is still held is left as it stands. */
    private static final Duration PATIENCE = Duration.ofDays(4);

    /** A fortnight of checks every 30 s and more; with it a simulation takes seconds at most. */
    private static final int MOST_DECISIONS = 100_000;

    private final RolloutPlan plan;
    private final SimulationModel model;
    private final List<RolloutEvent> journal = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private final List<Alert> alerts = new ArrayList<>();
    private final Deque<RolloutEffect> effects = new ArrayDeque<>();
    private int decisions;
    private Instant now;
    private RolloutState state;
    private List<Verdict> verdicts = List.of();
    private Optional<Judged> judged = Optional.empty();

    Run(RolloutPlan plan, SimulationModel model) {
      this.plan = plan;
      this.model = model;
      now = model.start();
      var begun =
          RolloutDecider.begin(
              plan,
              plan.run(
                  "simulation",
                  SimulationModel.STABLE,
                  SimulationModel.CANDIDATE,
                  RunInfo.Purpose.DEPLOY,
                  now));
      state = begun.state();
      take(begun);
    }

    Simulation toEnd() {
      var horizon = model.start().plus(plan.length()).plus(PATIENCE);
      while (!state.isTerminal() && now.isBefore(horizon) && decisions < MOST_DECISIONS) {
        take(RolloutDecider.decide(plan, state, nextInput(), now));
        decisions++;
      }
      cutShort().ifPresent(this::line);
      return new Simulation(this);
    }

    Optional<String> cutShort() {
      if (state.isTerminal()) {
        return Optional.empty();
      }
      return Optional.of(
          decisions == MOST_DECISIONS
              ? String.format(
                  Locale.ROOT,
                  "STOPPED after %,d decisions, of which a plan of %s has more: shorten its bakes or"
                      + " check less often",
                  MOST_DECISIONS,
                  Durations.plain(plan.length()))
              : "STOPPED: the plan is over by "
                  + Durations.plain(PATIENCE)
                  + " and the rollout has not ended");
    }

    private void take(Decision decision) {
      state = decision.state();
      for (var event : decision.events()) {
        journal.add(event);
        tell(event);
      }
      for (var effect : decision.effects()) {
        if (effect instanceof RolloutEffect.Announce announce) {
          alerts.add(announce.alert());
        } else {
          effects.add(effect);
        }
      }
    }

    private RolloutInput nextInput() {
      while (!effects.isEmpty()) {
        var effect = effects.poll();
        if (effect instanceof RolloutEffect.Clear clear) {
          return new RolloutInput.Cleared(clear.key(), Clearance.go());
        }
        if (effect instanceof RolloutEffect.Work work) {
          if (!plan.routed()) {
            model.apply(served(), state.step(), now);
          }
          return new RolloutInput.Done(work.key());
        }
        if (effect instanceof RolloutEffect.Confirm confirm) {
          now = now.plus(confirm.after());
          var back = TrafficSplit.stable(state.release(), state.stable());
          return new RolloutInput.Confirmed(confirm.key(), new Confirmation(back, true, ""));
        }
        if (effect instanceof RolloutEffect.Route route) {
          model.apply(route.split(), state.step(), now);
          return new RolloutInput.Routed(route.key(), route.split());
        }
        if (effect instanceof RolloutEffect.Measure measure) {
          var readings = new HashMap<MetricQuery, Reading>();
          measure.queries().forEach(query -> readings.put(query, model.read(query, now)));
          var counted = measure.blocks().map(query -> model.count(query, now));
          return new RolloutInput.Measured(
              measure.asOf(), readings, counted.orElse(Counted.NOTHING));
        }
      }
      var wake =
          RolloutDecider.nextWake(plan, state, now)
              .orElseThrow(() -> new IllegalStateException("nothing is due: " + state.explain()));
      now = wake.isAfter(now) ? wake : now;
      return new RolloutInput.Tick();
    }

    /** Who serves once the work of a plan without a router is done. */
    private TrafficSplit served() {
      return state.phase() == Phase.ABORTING
          ? TrafficSplit.stable(state.release(), state.stable())
          : plan.splitOf(state.step(), state.stable(), state.candidate());
    }

    private void tell(RolloutEvent event) {
      if (event instanceof RolloutEvent.Checked checked) {
        verdicts = checked.verdicts();
        judged = checked.judged();
      } else if (event instanceof RolloutEvent.Entered entered) {
        entered(entered);
      } else if (event instanceof RolloutEvent.Held
          || event instanceof RolloutEvent.Released
          || event instanceof RolloutEvent.Overdue
          || event instanceof RolloutEvent.Aborted) {
        line(event.explain());
      }
    }

    private void entered(RolloutEvent.Entered entered) {
      var phase = entered.phase();
      if (phase == Phase.SHIFTING || phase == Phase.PROMOTING) {
        line(phase + " to " + plan.weightOf(entered.step()) + lastVerdict());
      } else if (phase.isTerminal()) {
        line(phase + (phase == Phase.PROMOTED ? lastVerdict() : ""));
      }
    }

    private String lastVerdict() {
      var said =
          Stream.concat(
                  judged.map(Judged::words).stream(), verdicts.stream().map(Verdict::toString))
              .collect(Collectors.joining("; "));
      return said.isEmpty() ? "" : ": " + said;
    }

    private void line(String text) {
      lines.add(new Line(Duration.between(model.start(), now), text));
    }
  }
}
