package io.bellwether.incident;

import static io.bellwether.incident.TimelineEntry.ITSELF;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.incident.IncidentEvent.Begun;
import io.bellwether.incident.IncidentEvent.Done;
import io.bellwether.incident.IncidentEvent.Happened;
import io.bellwether.incident.IncidentEvent.Ticketed;
import io.bellwether.incident.TimelineEntry.Kind;
import io.bellwether.internal.Texts;
import io.bellwether.time.Durations;
import io.bellwether.time.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Tells the ticket system, the status page and stakeholders what they have not been told yet, each
 * on its own: what is to be told follows from how the incident stands, and what was told is
 * remembered with it.
 */
final class IncidentNews {
  private static final String TICKET = "ticket";

  private final CaseFile file;
  private final DeskSettings settings;
  private final TimeSource time;
  private final Executor executor;

  IncidentNews(CaseFile file, DeskSettings settings, TimeSource time, Executor executor) {
    this.file = file;
    this.settings = settings;
    this.time = time;
    this.executor = executor;
  }

  /** Tells everybody what is new to them. */
  void spread() {
    var known = file.incident();
    executor.execute(this::openTicket);
    executor.execute(this::publish);
    executor.execute(this::updateTicket);
    if (known.slaBreachedAt().isPresent()) {
      executor.execute(this::slaBreached);
    }
    if (known.isOver()) {
      executor.execute(this::over);
    }
  }

  void proposed(String what) {
    tell(
        "incident_rollback_proposed",
        Severity.CRITICAL,
        "roll back " + what + "?",
        "Say rollBack(\"" + file.incident().id() + "\", …) on the incident desk.");
  }

  /** Each time anew. */
  void rollbackUnknown(String text) {
    tell(
        "incident_rollback_unknown",
        "@" + time.wall().instant(),
        Severity.CRITICAL,
        text,
        "Look which version runs, and say mitigated(…) or rollBack(…) on the incident desk.");
  }

  private void slaBreached() {
    var text = "it has lasted longer than " + Durations.plain(settings.sla());
    tell("incident_sla_breached", Severity.CRITICAL, text, "Tell stakeholders and users.");
  }

  private void over() {
    var took = file.incident().timeToRecover().map(Durations::plain).orElse("");
    tell(
        "incident_recovered",
        Severity.INFO,
        "over after " + took,
        "Write the postmortem within 24 hours; its draft is there.");
  }

  /** Whether a ticket was opened when a kill came between nobody knows; two would be worse. */
  private void openTicket() {
    if (file.isUnderWay(TICKET)) {
      once(TICKET, "", () -> List.of(note("whether a ticket was opened is not known")));
    }
    if (file.has(TICKET)) {
      return;
    }
    once(
        TICKET,
        "opening a ticket",
        () -> {
          file.write(List.of(new Begun(TICKET)));
          var ticket = settings.tickets().open(file.incident());
          return ticket.isEmpty()
              ? List.of()
              : List.of(new Ticketed(ticket), note("ticket " + ticket));
        });
    updateTicket();
  }

  private void updateTicket() {
    var known = file.incident();
    var milestones = milestones(known);
    if (milestones > 0 && !known.ticket().isEmpty()) {
      once(
          "ticket update " + milestones,
          "updating the ticket",
          () -> {
            settings.tickets().update(known.ticket(), known);
            return List.of();
          });
    }
  }

  private static long milestones(Incident incident) {
    return incident.timeline().stream()
        .filter(entry -> entry.kind() == Kind.MITIGATED || entry.kind() == Kind.RECOVERED)
        .count();
  }

  private void publish() {
    var known = file.incident();
    var notice =
        switch (known.status()) {
          case OPEN, ACKNOWLEDGED ->
              notice(StatusPage.State.INVESTIGATING, "We see errors and look for the cause.");
          case MITIGATED -> notice(StatusPage.State.MITIGATING, "The cause is being undone.");
          case RECOVERED -> notice(StatusPage.State.RESOLVED, "The service works again.");
        };
    once(
        "status " + notice.state(),
        "publishing a status notice",
        () -> {
          settings.statusPage().publish(notice);
          return List.of();
        });
  }

  private StatusPage.Notice notice(StatusPage.State state, String text) {
    return new StatusPage.Notice(file.incident().id(), state, text);
  }

  private void tell(String name, Severity severity, String text, String next) {
    tell(name, "", severity, text, next);
  }

  private void tell(String name, String occasion, Severity severity, String text, String next) {
    var known = file.incident();
    once(
        "told " + name + occasion,
        "telling stakeholders",
        () -> {
          settings
              .stakeholders()
              .notify(
                  Alert.of(
                      name,
                      severity,
                      time.wall().instant(),
                      a ->
                          a.key(name + ":" + known.id() + occasion)
                              .labels(known.alert().labels())
                              .label("incident", known.id())
                              .summary(known.id() + " (" + known.alert().name() + "): " + text)
                              .nextStep(next)));
          return List.of();
        });
  }

  /** Does something unless it was done; what fails is noted, and not done again. */
  private void once(String deed, String what, Supplier<List<IncidentEvent>> call) {
    if (!file.claim(deed)) {
      return;
    }
    var became = new ArrayList<IncidentEvent>();
    try {
      became.addAll(call.get());
    } catch (RuntimeException | Error e) {
      became.add(note(what + " failed: " + Texts.reason(e)));
    }
    became.add(new Done(deed));
    file.write(became);
  }

  private Happened note(String text) {
    return new Happened(
        new TimelineEntry(
            time.wall().instant(), IncidentPhase.COMMUNICATION, ITSELF, text, Kind.NOTE));
  }
}
