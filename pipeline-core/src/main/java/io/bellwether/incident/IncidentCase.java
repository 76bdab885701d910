package io.bellwether.incident;

import static io.bellwether.incident.TimelineEntry.ITSELF;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.pipeline.audit.AuditKind;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.audit.AuditRecord;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One incident under way. What is known changes under the lock; ports are called outside it, and
 * one that fails is noted and stops nothing.
 */
final class IncidentCase {
  private static final Duration DAY = Duration.ofDays(1);

  private final DeskSettings settings;
  private final TimeSource time;
  private final Executor executor;
  private final List<Cancellable> timers = new ArrayList<>();
  private final Set<String> heard = ConcurrentHashMap.newKeySet();
  private Incident incident;
  private boolean verifying;
  private boolean stopped;

  IncidentCase(Incident incident, DeskSettings settings, TimeSource time, Executor executor) {
    this.incident = incident;
    this.settings = settings;
    this.time = time;
    this.executor = executor;
    heard.add(incident.alert().name());
  }

  synchronized Incident incident() {
    return incident;
  }

  synchronized boolean isAbout(Alert alert) {
    var known = incident.alert();
    return !incident.isOver() && known.labels().equals(alert.labels());
  }

  void begin() {
    write(IncidentPhase.TRIAGE, ITSELF, "opened from " + incident().alert());
    for (var phase : IncidentPhase.values()) {
      if (phase.begins().isZero()) {
        remind(phase);
      } else {
        at(incident().detectedAt().plus(phase.begins()), () -> remind(phase));
      }
    }
    at(incident().startedAt().plus(settings.sla()), this::breachSla);
    executor.execute(this::gather);
  }

  void again(Alert alert) {
    if (alert.status() != Alert.Status.RESOLVED && !heard.add(alert.name())) {
      return;
    }
    write(
        phase(),
        ITSELF,
        alert.status() == Alert.Status.RESOLVED
            ? alert.name() + " was resolved: " + alert.summary()
            : alert.name() + ": " + alert.summary());
    if (alert.status() == Alert.Status.RESOLVED) {
      verifySoon();
    }
  }

  void acknowledge(String actor) {
    edit(known -> known.acknowledged(now()));
    write(IncidentPhase.TRIAGE, actor, "acknowledged");
  }

  void note(String actor, String text) {
    write(phase(), actor, text);
  }

  void mitigated(String actor, String what) {
    edit(known -> known.mitigated(now()));
    write(IncidentPhase.MITIGATION, actor, what);
    publish(StatusPage.State.MITIGATING, "The cause is being undone.");
    updateTicket();
    verifySoon();
  }

  void rollBack(String actor, String reason) {
    var suspect =
        incident()
            .proposal()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "incident "
                            + incident().id()
                            + ": no deployment is suspected, so there is nothing to roll back"));
    var port =
        settings
            .rollback()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "this desk cannot roll back: add rollback(…), or roll back by hand and say"
                            + " mitigated(…)"));
    port.takeBack(suspect, actor, reason);
    settings
        .audit()
        .ifPresent(audit -> quietly("the audit", () -> record(audit, suspect, actor, reason)));
    mitigated(actor, "rolled back " + suspect + ": " + reason);
  }

  private void record(AuditLog audit, RecentDeployment suspect, String actor, String reason) {
    audit.append(
        new AuditRecord(
            incident().id() + "/rollback@" + now(),
            now(),
            AuditKind.ROLLED_BACK,
            actor,
            "took back " + suspect + ": " + reason,
            Map.of(
                "incident",
                incident().id(),
                "version",
                suspect.version(),
                "environment",
                suspect.environment())));
  }

  void stop() {
    List<Cancellable> open;
    synchronized (this) {
      stopped = true;
      open = List.copyOf(timers);
      timers.clear();
    }
    open.forEach(Cancellable::cancel);
  }

  /** What can be known without people, and what people have to be told first. */
  private void gather() {
    quietly("looking for recent deployments", this::findDeployments);
    var provider = new boolean[] {true};
    quietly(
        "looking at the provider's status",
        () -> {
          var report = settings.provider().look();
          provider[0] = report.operational();
          write(IncidentPhase.INVESTIGATION, ITSELF, report.toString());
        });
    quietly(
        "opening a ticket",
        () -> {
          var ticket = settings.tickets().open(incident());
          if (!ticket.isEmpty()) {
            edit(known -> known.ticketed(ticket));
            write(IncidentPhase.COMMUNICATION, ITSELF, "ticket " + ticket);
          }
        });
    publish(StatusPage.State.INVESTIGATING, "We see errors and look for the cause.");
    incident().proposal().ifPresent(suspect -> decide(suspect, provider[0]));
  }

  private void findDeployments() {
    var detected = incident().detectedAt();
    var recent = settings.deployments().since(detected.minus(DAY));
    var suspect =
        recent.stream()
            .filter(deployment -> !deployment.at().isBefore(detected.minus(settings.suspectsFor())))
            .filter(deployment -> !deployment.at().isAfter(detected))
            .reduce((earlier, later) -> later);
    edit(known -> known.knowing(recent, suspect));
    write(
        IncidentPhase.INVESTIGATION,
        ITSELF,
        recent.size()
            + " deployments in the day before"
            + suspect
                .map(
                    it ->
                        ", suspected: "
                            + it
                            + ", "
                            + Durations.plain(Duration.between(it.at(), detected))
                            + " before the alert")
                .orElse(", none suspected"));
  }

  private void decide(RecentDeployment suspect, boolean providerIsWell) {
    if (settings.rollsBackByItself() && providerIsWell) {
      quietly(
          "rolling back",
          () -> rollBack(ITSELF, "deployed shortly before " + incident().alert().name()));
      return;
    }
    var why = providerIsWell ? "" : "; the provider is in trouble, so look twice";
    write(IncidentPhase.MITIGATION, ITSELF, "proposed: roll back " + suspect + why);
    tell(
        "incident_rollback_proposed",
        Severity.CRITICAL,
        "roll back " + suspect + "?" + why,
        "Say rollBack(\"" + incident().id() + "\", …) on the incident desk.");
  }

  private void remind(IncidentPhase phase) {
    var known = incident();
    var steps = known.runbook().steps(phase);
    if (!known.isOver() && !steps.isEmpty()) {
      var titles = steps.stream().map(RunbookStep::title).collect(Collectors.joining("; "));
      write(phase, ITSELF, known.runbook().name() + " runbook: " + titles);
    }
  }

  private void breachSla() {
    if (incident().isOver() || incident().slaBreachedAt().isPresent()) {
      return;
    }
    edit(known -> known.slaBreached(now()));
    var text = "it has lasted longer than " + Durations.plain(settings.sla());
    write(IncidentPhase.COMMUNICATION, ITSELF, "the SLA is breached: " + text);
    tell("incident_sla_breached", Severity.CRITICAL, text, "Tell stakeholders and users.");
  }

  private void verifySoon() {
    synchronized (this) {
      if (verifying || stopped || incident.isOver() || settings.recovery().isEmpty()) {
        return;
      }
      verifying = true;
    }
    executor.execute(this::verify);
  }

  /** All is well when every check says so in one and the same look. */
  private void verify() {
    var wrong = new ArrayList<String>();
    for (var check : settings.recovery()) {
      look(check).ifPresent(trouble -> wrong.add(check.name() + ": " + trouble));
    }
    if (wrong.isEmpty()) {
      recovered();
      return;
    }
    write(IncidentPhase.RECOVERY, ITSELF, "not over yet: " + String.join("; ", wrong));
    at(now().plus(settings.verifyEvery()), () -> executor.execute(this::verify));
  }

  private static Optional<String> look(RecoveryCheck check) {
    try {
      return check.look();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    } catch (RuntimeException e) {
      return Optional.of("it cannot be looked at: " + e.getMessage());
    }
  }

  private void recovered() {
    edit(known -> known.mitigatedAt().isPresent() ? known : known.mitigated(now()));
    edit(known -> known.recovered(now()));
    var names = settings.recovery().stream().map(RecoveryCheck::name).toList();
    write(IncidentPhase.RECOVERY, ITSELF, "over: " + String.join(", ", names) + " are well again");
    stop();
    publish(StatusPage.State.RESOLVED, "The service works again.");
    updateTicket();
    var took = incident().timeToRecover().map(Durations::plain).orElse("");
    tell(
        "incident_recovered",
        Severity.INFO,
        "over after " + took,
        "Write the postmortem within 24 hours; its draft is there.");
  }

  private void updateTicket() {
    var known = incident();
    if (!known.ticket().isEmpty()) {
      quietly("updating the ticket", () -> settings.tickets().update(known.ticket(), known));
    }
  }

  private void publish(StatusPage.State state, String text) {
    quietly(
        "publishing a status notice",
        () -> settings.statusPage().publish(new StatusPage.Notice(incident().id(), state, text)));
  }

  private void tell(String name, Severity severity, String text, String next) {
    var known = incident();
    quietly(
        "telling stakeholders",
        () ->
            settings
                .stakeholders()
                .notify(
                    Alert.of(
                        name,
                        severity,
                        now(),
                        a ->
                            a.key(name + ":" + known.id())
                                .labels(known.alert().labels())
                                .label("incident", known.id())
                                .summary(known.id() + " (" + known.alert().name() + "): " + text)
                                .nextStep(next))));
  }

  private void quietly(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      write(phase(), ITSELF, what + " failed: " + e.getMessage());
    }
  }

  private void write(IncidentPhase phase, String actor, String text) {
    edit(known -> known.noting(now(), phase, actor, text));
  }

  private synchronized void edit(UnaryOperator<Incident> change) {
    incident = change.apply(incident);
  }

  private IncidentPhase phase() {
    return incident().phaseAt(now());
  }

  private Instant now() {
    return time.wall().instant();
  }

  private synchronized void at(Instant when, Runnable task) {
    if (!stopped) {
      timers.add(time.scheduler().schedule(Duration.between(now(), when), task));
    }
  }
}
