package io.bellwether.incident;

import static io.bellwether.incident.TimelineEntry.ITSELF;

import io.bellwether.BellwetherException;
import io.bellwether.incident.IncidentEvent.Begun;
import io.bellwether.incident.IncidentEvent.Done;
import io.bellwether.incident.IncidentEvent.GivenUp;
import io.bellwether.incident.IncidentEvent.Happened;
import io.bellwether.incident.TimelineEntry.Kind;
import io.bellwether.internal.Texts;
import io.bellwether.pipeline.audit.AuditKind;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.audit.AuditRecord;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The deployment an incident is put down to: finds it, and proposes to take it back or does, once.
 */
final class Suspicion {
  private static final Duration DAY = Duration.ofDays(1);

  /** How long a provider's status page may hold up the decision. */
  private static final Duration PROVIDER_DEADLINE = Duration.ofSeconds(10);

  private static final String ROLLBACK = "rollback";
  private static final String DECISION = "decision";

  private final CaseFile file;
  private final DeskSettings settings;
  private final TimeSource time;
  private final IncidentNews news;
  private final BiConsumer<Instant, Runnable> timer;
  private final Runnable mitigated;

  Suspicion(
      CaseFile file,
      DeskSettings settings,
      TimeSource time,
      IncidentNews news,
      BiConsumer<Instant, Runnable> timer,
      Runnable mitigated) {
    this.file = file;
    this.settings = settings;
    this.time = time;
    this.news = news;
    this.timer = timer;
    this.mitigated = mitigated;
  }

  /** Whether a rollback that a kill cut short was done nobody knows; two would be worse. */
  void resume() {
    if (file.isUnderWay(ROLLBACK)) {
      file.claim(DECISION);
      var text = "whether the suspected deployment was rolled back is not known";
      news.rollbackUnknown(text + ": the process ended meanwhile");
      file.write(
          List.of(
              entry(IncidentPhase.MITIGATION, ITSELF, text, Kind.NOTE),
              new GivenUp(ROLLBACK),
              new Done(DECISION)));
    }
  }

  /** What can be known without people. A status page that does not answer decides nothing. */
  void investigate() {
    if (file.has(DECISION)) {
      return;
    }
    if (file.claim("deployments")) {
      quietly("looking for recent deployments", this::findDeployments);
    }
    var silence = "the provider's status page has not answered within 10s";
    timer.accept(now().plus(PROVIDER_DEADLINE), () -> decide(true, silence));
    try {
      var report = settings.provider().look();
      decide(report.operational(), report.toString());
    } catch (RuntimeException | Error e) {
      decide(true, "looking at the provider's status failed: " + Texts.reason(e));
    }
  }

  private void findDeployments() {
    var detected = file.incident().detectedAt();
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
    note(IncidentPhase.INVESTIGATION, provider);
    file.incident()
        .proposal()
        .filter(suspect -> !file.has(ROLLBACK) && !file.incident().isOver())
        .ifPresent(suspect -> decide(suspect, providerIsWell));
    file.write(List.of(new Done(DECISION)));
  }

  private void decide(RecentDeployment suspect, boolean providerIsWell) {
    if (settings.rollsBackByItself() && providerIsWell) {
      quietly(
          "rolling back",
          () -> takeBack(ITSELF, "deployed shortly before " + file.incident().alert().name()));
      return;
    }
    var text = suspect + (providerIsWell ? "" : "; the provider is in trouble, so look twice");
    note(IncidentPhase.MITIGATION, "proposed: roll back " + text);
    news.proposed(text);
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
    var id = file.incident().id();
    var suspect =
        file.incident()
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
    } catch (RuntimeException | Error e) {
      var text = "rolling back failed: " + Texts.reason(e);
      file.write(
          List.of(entry(IncidentPhase.MITIGATION, actor, text, Kind.NOTE), new GivenUp(ROLLBACK)));
      return Optional.of(
          e instanceof RuntimeException failure ? failure : new BellwetherException(text, e));
    }
    var text = "rolled back " + suspect + ": " + reason;
    file.write(
        List.of(entry(IncidentPhase.MITIGATION, actor, text, Kind.MITIGATED), new Done(ROLLBACK)));
    settings
        .audit()
        .ifPresent(audit -> quietly("the audit", () -> record(audit, suspect, actor, reason)));
    mitigated.run();
    return Optional.empty();
  }

  private void record(AuditLog audit, RecentDeployment suspect, String actor, String reason) {
    audit.append(
        new AuditRecord(
            file.incident().id() + "/rollback@" + now(),
            now(),
            AuditKind.ROLLED_BACK,
            actor,
            "took back " + suspect + ": " + reason,
            Map.of(
                "incident",
                file.incident().id(),
                "version",
                suspect.version(),
                "environment",
                suspect.environment())));
  }

  private void quietly(String what, Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      note(IncidentPhase.INVESTIGATION, what + " failed: " + Texts.reason(e));
    }
  }

  private void note(IncidentPhase phase, String text) {
    file.write(List.of(entry(phase, ITSELF, text, Kind.NOTE)));
  }

  private Happened entry(IncidentPhase phase, String actor, String text, Kind kind) {
    return new Happened(new TimelineEntry(now(), phase, actor, text, kind));
  }

  private Instant now() {
    return time.wall().instant();
  }
}
