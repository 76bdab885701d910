package io.bellwether.incident;

import static io.bellwether.incident.TimelineEntry.ITSELF;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.incident.IncidentEvent.Begun;
import io.bellwether.incident.IncidentEvent.Done;
import io.bellwether.incident.IncidentEvent.GivenUp;
import io.bellwether.incident.IncidentEvent.Happened;
import io.bellwether.incident.TimelineEntry.Kind;
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
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * One incident under way. Ports are called outside any lock and independently of each other: one
 * that fails is noted, one that hangs holds up nothing but itself.
 */
final class IncidentCase {
  private static final Duration DAY = Duration.ofDays(1);

  /** How long a provider's status page may hold up the decision. */
  private static final Duration PROVIDER_DEADLINE = Duration.ofSeconds(10);

  private static final String ROLLBACK = "rollback";
  private static final String DECISION = "decision";
  private static final String VERIFICATION = "verification";

  private final CaseFile file;
  private final DeskSettings settings;
  private final TimeSource time;
  private final Executor executor;
  private final IncidentNews news;
  private final List<Cancellable> timers = new ArrayList<>();
  private String lastTrouble = "";
  private boolean stopped;

  IncidentCase(CaseFile file, DeskSettings settings, TimeSource time, Executor executor) {
    this.file = file;
    this.settings = settings;
    this.time = time;
    this.executor = executor;
    news = new IncidentNews(file, settings, time, executor);
    file.claim(heard(file.incident().alert()));
  }

  Incident incident() {
    return file.incident();
  }

  /** One of the same labels while it lasts; the very same one also when it is told again later. */
  boolean isAbout(Alert alert) {
    var known = incident();
    return known.isOver()
        ? alert.status() != Alert.Status.RESOLVED && known.alert().key().equals(alert.key())
        : known.alert().labels().equals(alert.labels());
  }

  void begin() {
    note(IncidentPhase.TRIAGE, ITSELF, "opened from " + incident().alert());
    run();
  }

  /** Goes on where an ended process left it. */
  void resume() {
    if (incident().isOver()) {
      news.spread();
      return;
    }
    note(phase(), ITSELF, "taken up again after its process had ended");
    if (file.isUnderWay(ROLLBACK)) {
      file.claim(DECISION);
      var text = "whether the suspected deployment was rolled back is not known";
      file.write(
          List.of(entry(IncidentPhase.MITIGATION, ITSELF, text, Kind.NOTE), new GivenUp(ROLLBACK)));
      news.rollbackUnknown(text + ": the process ended meanwhile");
      file.write(List.of(new Done(DECISION)));
    }
    run();
    if (file.isUnderWay(VERIFICATION) || incident().mitigatedAt().isPresent()) {
      verifySoon();
    }
  }

  private void run() {
    var detected = incident().detectedAt();
    for (var phase : IncidentPhase.values()) {
      at(detected.plus(phase.begins()), () -> remind(phase));
    }
    at(incident().startedAt().plus(settings.sla()), this::breachSla);
    news.spread();
    executor.execute(this::investigate);
  }

  void again(Alert alert) {
    var resolved = alert.status() == Alert.Status.RESOLVED;
    var deed = resolved ? "resolved " + alert.key() : heard(alert);
    if (file.claim(deed)) {
      var text = alert.name() + (resolved ? " was resolved: " : ": ") + alert.summary();
      file.write(List.of(entry(phase(), ITSELF, text, Kind.NOTE), new Done(deed)));
    }
    if (resolved) {
      verifySoon();
    }
  }

  void acknowledge(String actor) {
    write(IncidentPhase.TRIAGE, actor, "acknowledged", Kind.ACKNOWLEDGED);
  }

  void note(String actor, String text) {
    note(phase(), actor, text);
  }

  void mitigated(String actor, String what) {
    write(IncidentPhase.MITIGATION, actor, what, Kind.MITIGATED);
    verifySoon();
    news.spread();
  }

  void rollBack(String actor, String reason) {
    takeBack(actor, reason)
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /** Returns what went wrong, which has been noted. */
  private Optional<RuntimeException> takeBack(String actor, String reason) {
    var id = incident().id();
    var suspect =
        incident()
            .proposal()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "incident "
                            + id
                            + ": no deployment is suspected, so there is nothing to roll back"));
    var port =
        settings
            .rollback()
            .orElseThrow(
                () ->
                    new BellwetherException(
                        "this desk cannot roll back: add rollback(…), or roll back by hand and say"
                            + " mitigated(…)"));
    if (!file.claim(ROLLBACK)) {
      throw new BellwetherException(
          "incident " + id + ": " + suspect + " was taken back already, or is being taken back");
    }
    file.write(List.of(new Begun(ROLLBACK)));
    try {
      port.takeBack(suspect, actor, reason);
    } catch (RuntimeException e) {
      var text = "rolling back failed: " + e.getMessage();
      file.write(
          List.of(entry(IncidentPhase.MITIGATION, actor, text, Kind.NOTE), new GivenUp(ROLLBACK)));
      return Optional.of(e);
    }
    var text = "rolled back " + suspect + ": " + reason;
    file.write(
        List.of(entry(IncidentPhase.MITIGATION, actor, text, Kind.MITIGATED), new Done(ROLLBACK)));
    settings
        .audit()
        .ifPresent(audit -> quietly("the audit", () -> record(audit, suspect, actor, reason)));
    verifySoon();
    news.spread();
    return Optional.empty();
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

  /** What can be known without people. A status page that does not answer decides nothing. */
  private void investigate() {
    if (file.has(DECISION)) {
      return;
    }
    if (file.claim("deployments")) {
      quietly("looking for recent deployments", this::findDeployments);
    }
    var silence = "the provider's status page has not answered within 10s";
    at(now().plus(PROVIDER_DEADLINE), () -> decide(true, silence));
    try {
      var report = settings.provider().look();
      decide(report.operational(), report.toString());
    } catch (RuntimeException e) {
      decide(true, "looking at the provider's status failed: " + e.getMessage());
    }
  }

  private void findDeployments() {
    var detected = incident().detectedAt();
    var recent = settings.deployments().since(detected.minus(DAY));
    var suspect =
        recent.stream()
            .filter(deployment -> !deployment.at().isBefore(detected.minus(settings.suspectsFor())))
            .filter(deployment -> !deployment.at().isAfter(detected))
            .reduce((earlier, later) -> later);
    var text =
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
                .orElse(", none suspected");
    file.write(
        List.of(
            new IncidentEvent.Found(recent, suspect),
            entry(IncidentPhase.INVESTIGATION, ITSELF, text, Kind.NOTE),
            new Done("deployments")));
  }

  private void decide(boolean providerIsWell, String provider) {
    if (!file.claim(DECISION)) {
      return;
    }
    note(IncidentPhase.INVESTIGATION, ITSELF, provider);
    incident().proposal().ifPresent(suspect -> decide(suspect, providerIsWell));
    file.write(List.of(new Done(DECISION)));
  }

  private void decide(RecentDeployment suspect, boolean providerIsWell) {
    if (settings.rollsBackByItself() && providerIsWell) {
      quietly(
          "rolling back",
          () -> takeBack(ITSELF, "deployed shortly before " + incident().alert().name()));
      return;
    }
    var text = suspect + (providerIsWell ? "" : "; the provider is in trouble, so look twice");
    note(IncidentPhase.MITIGATION, ITSELF, "proposed: roll back " + text);
    news.proposed(text);
  }

  private void remind(IncidentPhase phase) {
    var known = incident();
    var steps = known.runbook().steps(phase);
    var deed = "remind " + phase;
    if (!known.isOver() && !steps.isEmpty() && file.claim(deed)) {
      var titles = steps.stream().map(RunbookStep::title).collect(Collectors.joining("; "));
      var text = known.runbook().name() + " runbook: " + titles;
      file.write(List.of(entry(phase, ITSELF, text, Kind.NOTE), new Done(deed)));
    }
  }

  private void breachSla() {
    var known = incident();
    if (known.isOver() || known.slaBreachedAt().isPresent()) {
      return;
    }
    var text = "the SLA is breached: it has lasted longer than " + Durations.plain(settings.sla());
    var due = known.startedAt().plus(settings.sla());
    file.write(
        List.of(
            new Happened(
                new TimelineEntry(
                    due, IncidentPhase.COMMUNICATION, ITSELF, text, Kind.SLA_BREACHED))));
    news.spread();
  }

  private void verifySoon() {
    if (!incident().isOver() && !settings.recovery().isEmpty() && file.claim(VERIFICATION)) {
      file.write(List.of(new Begun(VERIFICATION)));
      executor.execute(this::verify);
    }
  }

  /** All is well when every check says so in one and the same look. */
  private void verify() {
    var wrong = new ArrayList<String>();
    for (var check : settings.recovery()) {
      look(check).ifPresent(trouble -> wrong.add(check.name() + ": " + trouble));
    }
    if (wrong.isEmpty()) {
      var names = settings.recovery().stream().map(RecoveryCheck::name).toList();
      recovered(ITSELF, String.join(", ", names) + " are well again");
      return;
    }
    var trouble = String.join("; ", wrong);
    if (!trouble.equals(lastTrouble)) {
      lastTrouble = trouble;
      note(IncidentPhase.RECOVERY, ITSELF, "not over yet: " + trouble);
    }
    at(now().plus(settings.verifyEvery()), this::verify);
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

  void recovered(String actor, String what) {
    if (file.claim("recovery")) {
      write(IncidentPhase.RECOVERY, actor, "over: " + what, Kind.RECOVERED);
      stop();
      news.spread();
    }
  }

  private void quietly(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      note(phase(), ITSELF, what + " failed: " + e.getMessage());
    }
  }

  private void note(IncidentPhase phase, String actor, String text) {
    write(phase, actor, text, Kind.NOTE);
  }

  private void write(IncidentPhase phase, String actor, String text, Kind kind) {
    file.write(List.of(entry(phase, actor, text, kind)));
  }

  private Happened entry(IncidentPhase phase, String actor, String text, Kind kind) {
    return new Happened(new TimelineEntry(now(), phase, actor, text, kind));
  }

  private static String heard(Alert alert) {
    return "heard " + alert.name();
  }

  private IncidentPhase phase() {
    return incident().phaseAt(now());
  }

  private Instant now() {
    return time.wall().instant();
  }

  /** At once when it is due. */
  private void at(Instant when, Runnable task) {
    var delay = Duration.between(now(), when);
    if (delay.isNegative() || delay.isZero()) {
      task.run();
      return;
    }
    synchronized (this) {
      if (!stopped) {
        timers.add(time.scheduler().schedule(delay, () -> executor.execute(task)));
      }
    }
  }
}
