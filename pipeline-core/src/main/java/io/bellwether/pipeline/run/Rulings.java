package io.bellwether.pipeline.run;

import io.bellwether.pipeline.PipelineInput;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.StageStatus;
import io.bellwether.pipeline.Vote;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.pipeline.protection.ProtectionRequest;
import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks people and rules whether a stage of one run may go on. */
final class Rulings {
  private static final Logger log = LoggerFactory.getLogger(Rulings.class);

  private final Map<String, Environment> environments;
  private final ApprovalSource approvals;
  private final Supplier<Instant> now;
  private final Consumer<PipelineInput> answer;
  private final Set<String> asked = ConcurrentHashMap.newKeySet();

  Rulings(
      Map<String, Environment> environments,
      ApprovalSource approvals,
      Supplier<Instant> now,
      Consumer<PipelineInput> answer) {
    this.environments = environments;
    this.approvals = approvals;
    this.now = now;
    this.answer = answer;
  }

  /** Looks once at a stage that waits; may block. */
  void look(PipelineState state, String stage, String place) {
    if (state.stage(stage).status() != StageStatus.HELD) {
      return;
    }
    var environment = environments.get(place);
    if (environment == null) {
      throw new IllegalStateException("environment '" + place + "' was checked at the start");
    }
    var request = request(state, stage, place, state.stage(stage).votes());
    askOnce(request);
    var votes = new ArrayList<>(request.votes());
    var trouble = "";
    try {
      for (var vote : List.copyOf(approvals.votes(request))) {
        if (!votes.contains(vote)) {
          votes.add(vote);
          answer.accept(new PipelineInput.Cast(stage, vote));
        }
      }
    } catch (RuntimeException | Error e) { // it has nothing to say now, and is asked again
      log.warn("approvals of {} cannot be read", request, e);
      trouble = "; approvals cannot be read: " + e.getMessage();
    }
    var verdict = environment.look(request(state, stage, place, votes), now.get()).clearance();
    var waits = verdict.decision() == Clearance.Decision.WAIT;
    answer.accept(
        new PipelineInput.Ruled(
            stage, waits ? Clearance.waitFor(verdict.reason() + trouble) : verdict));
  }

  private static ProtectionRequest request(
      PipelineState state, String stage, String place, List<Vote> votes) {
    var since = state.stage(stage).heldAt().orElse(state.startedAt());
    return new ProtectionRequest(state.run(), stage, place, state.trigger(), since, votes);
  }

  private void askOnce(ProtectionRequest request) {
    if (asked.add(request.stage())) {
      try {
        approvals.ask(request);
      } catch (RuntimeException e) {
        log.warn("nobody could be asked about {}; votes are looked for all the same", request, e);
      }
    }
  }
}
