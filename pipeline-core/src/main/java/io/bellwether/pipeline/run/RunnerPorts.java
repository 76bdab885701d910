package io.bellwether.pipeline.run;

import io.bellwether.pipeline.Pipeline;
import io.bellwether.pipeline.PipelineDecision;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.PipelineState;
import io.bellwether.pipeline.audit.AuditTrail;
import io.bellwether.pipeline.protection.ApprovalSource;
import io.bellwether.pipeline.protection.Environment;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every run of a runner works with. */
record RunnerPorts(
    TimeSource time,
    Executor executor,
    PipelineStore store,
    Map<String, Environment> environments,
    ApprovalSource approvals,
    Duration askEvery,
    Optional<AuditTrail> audit,
    List<PipelineListener> listeners) {
  private static final Logger log = LoggerFactory.getLogger(RunnerPorts.class);

  Instant now() {
    return time.wall().instant();
  }

  /**
   * Tells whoever listens what was decided.
   *
   * @param index of the first event in the run's journal
   */
  void tell(Pipeline pipeline, PipelineDecision decision, long index) {
    var number = index;
    for (var event : decision.events()) {
      if (audit.isPresent()) {
        audit(audit.get(), pipeline, decision.state(), event, number);
      }
      for (var listener : listeners) {
        try {
          listener.on(event, decision.state());
        } catch (RuntimeException | Error e) { // an assertion of a test is an Error
          log.error("a listener failed on {}", event.explain(), e);
        }
      }
      number++;
    }
  }

  private void audit(
      AuditTrail trail, Pipeline pipeline, PipelineState state, PipelineEvent event, long index) {
    try {
      trail.record(pipeline, state, event, index);
    } catch (RuntimeException | Error e) {
      log.error("the audit log did not take '{}'; it is offered again at the next start", event, e);
    }
  }
}
