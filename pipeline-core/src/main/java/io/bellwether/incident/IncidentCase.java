package io.bellwether.incident;

import static io.bellwether.incident.TimelineEntry.ITSELF;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.incident.IncidentEvent.Begun;
import io.bellwether.incident.IncidentEvent.Done;
import io.bellwether.incident.IncidentEvent.Happened;
import io.bellwether.incident.TimelineEntry.Kind;
import io.bellwether.internal.Texts;
import io.bellwether.time.Durations;
import io.bellwether.time.Scheduler.Cancellable;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

/**
 * One incident under way. Ports are called outside any lock and independently of each other: one
 * that fails is noted, one that hangs holds up nothing but itself.
 */
final class IncidentCase {
  private static final String VERIFICATION = "verification";

  private final CaseFile file;
  private final DeskSettings settings;
  private final TimeSource time;
  private final Executor executor;
  private final IncidentNews news;
  private final Suspicion suspicion;
  private final List<Cancellable> timers = new ArrayList<>();
  private String lastTrouble = "";
  private boolean stopped;

  IncidentCase(CaseFile file, DeskSettings settings, TimeSource time, Executor executor) {
    this.file = file;
    this.settings = settings;
    this.time = time;
    this.executor = executor;
    news = new IncidentNews(file, settings, time, executor);
    suspicion = new Suspicion(file, settings, time, news, this::at, this::afterMitigation);
    file.claim(heard(file.incident().alert()));
  }

  Incident incident() {
    return file.incident();
  }

  /** One of the same labels while it lasts; the very same one also when it is told again later. */
  boolean isAbout(Alert alert) {
    var known = incident();
    var again = alert.status() != Alert.Status.RESOLVED && known.alert().key().equals(alert.key());
    return known.alert().labels().equals(alert.labels()) && (!known.isOver() || again);
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
    suspicion.resume();
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
    executor.execute(suspicion::investigate);
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
    refuseOver("acknowledged");
    write(IncidentPhase.TRIAGE, actor, "acknowledged", Kind.ACKNOWLEDGED);
  }

  void note(String actor, String text) {
    note(phase(), actor, text);
  }

  void mitigated(String actor, String what) {
    refuseOver("mitigated");
    write(IncidentPhase.MITIGATION, actor, what, Kind.MITIGATED);
    afterMitigation();
  }

  void rollBack(String actor, String reason) {
    refuseOver("rolled back");
    suspicion.rollBack(actor, reason);
  }

  private void refuseOver(String what) {
    incident()
        .recoveredAt()
        .ifPresent(
            at -> {
              throw new BellwetherException(
                  "incident "
                      + incident().id()
                      + " is over since "
                      + at
                      + ", so it cannot be "
                      + what
                      + " any more; note(…) still takes what is to be known");
            });
  }

  private void afterMitigation() {
    verifySoon();
    news.spread();
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
      look(check).ifPresent(wrong::add);
    }
    if (wrong.isEmpty()) {
      var names = settings.recovery().stream().map(IncidentCase::name).toList();
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
      var trouble = check.look();
      return trouble == null
          ? Optional.of(check.name() + ": it cannot be looked at: it answered null")
          : trouble.map(text -> check.name() + ": " + text);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted while looking");
    } catch (RuntimeException | Error e) { // an error that got away would end the verification
      return Optional.of(name(check) + ": it cannot be looked at: " + Texts.reason(e));
    }
  }

  private static String name(RecoveryCheck check) {
    try {
      return check.name();
    } catch (RuntimeException | Error e) {
      return "a check without a name (" + Texts.reason(e) + ")";
    }
  }

  void recovered(String actor, String what) {
    if (file.claim("recovery")) {
      write(IncidentPhase.RECOVERY, actor, "over: " + what, Kind.RECOVERED);
      stop();
      news.spread();
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
