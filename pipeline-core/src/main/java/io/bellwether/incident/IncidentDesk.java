package io.bellwether.incident;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.alert.Severity;
import io.bellwether.time.TimeSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens incidents from critical alerts and sees them to their end. Thread-safe.
 *
 * <p>With a {@link FileIncidentStore} incidents outlive the process: a desk takes those that are
 * open up again with their timeline and clocks. What was done is not done again. Whether a rollback
 * or a ticket that a kill cut short was done nobody knows: it is left alone and said so. A notice
 * that a kill cut short is told again, under the same key.
 *
 * <p>An alert with the same labels as an open incident belongs to that incident: a high error rate
 * and a low success rate of the same version are one.
 */
public final class IncidentDesk implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(IncidentDesk.class);

  private final TimeSource time;
  private final DeskSettings settings;
  private final Executor executor;
  private final Map<String, IncidentCase> cases = new LinkedHashMap<>();
  private boolean closed;

  private IncidentDesk(TimeSource time, Executor executor, DeskSettings settings) {
    this.time = time;
    this.executor = executor;
    this.settings = settings;
  }

  /**
   * A desk built in one expression.
   *
   * @param time for the clocks of the phases
   * @param executor calls the ports, which may block
   * @throws io.bellwether.InvalidConfigurationException with every problem at once
   */
  public static IncidentDesk create(
      TimeSource time, Executor executor, UnaryOperator<IncidentDeskBuilder> settings) {
    var desk = new IncidentDesk(time, executor, settings.apply(new IncidentDeskBuilder()).build());
    try {
      desk.takeUp();
    } catch (RuntimeException | Error e) {
      desk.close();
      throw e;
    }
    return desk;
  }

  /** A notifier that opens an incident for every critical alert; give it to a router of alerts. */
  public Notifier notifier() {
    return alert -> {
      // What an incident tells stakeholders is no further incident.
      if (alert.severity() == Severity.CRITICAL && !alert.labels().containsKey("incident")) {
        take(alert);
      }
    };
  }

  /**
   * Opens an incident, or adds to the one that is open for the same occurrence.
   *
   * @return the incident's id; empty when the alert only ends something nobody has opened, or the
   *     desk is closed
   */
  public Optional<String> take(Alert alert) {
    IncidentCase found;
    boolean fresh;
    synchronized (this) {
      var known = find(alert);
      if (closed || known.isEmpty() && alert.status() == Alert.Status.RESOLVED) {
        return Optional.empty();
      }
      fresh = known.isEmpty();
      found = known.orElseGet(() -> open(alert));
    }
    if (fresh) {
      found.begin();
    } else {
      found.again(alert);
    }
    return Optional.of(found.incident().id());
  }

  /** Every incident that is remembered, oldest first. */
  public synchronized List<Incident> incidents() {
    return cases.values().stream().map(IncidentCase::incident).toList();
  }

  /**
   * An incident as it stands.
   *
   * @throws BellwetherException if there is none of this id
   */
  public Incident incident(String id) {
    return known(id).incident();
  }

  /**
   * Somebody takes an incident.
   *
   * @throws BellwetherException if it is over, there is none of this id, or the desk is closed
   */
  public void acknowledge(String id, String actor) {
    acting(id, actor, "").acknowledge(actor);
  }

  /**
   * Writes something into the timeline, also when it is over.
   *
   * @throws BellwetherException if there is none of this id, or the desk is closed
   */
  public void note(String id, String actor, String text) {
    acting(id, actor, text).note(actor, text);
  }

  /**
   * Somebody did something that should end it; from then on the recovery is verified.
   *
   * @throws BellwetherException if it is over, there is none of this id, or the desk is closed
   */
  public void mitigated(String id, String actor, String what) {
    acting(id, actor, what).mitigated(actor, what);
  }

  /**
   * Somebody has seen to it that it is over, which no recovery check has to confirm; harmless when
   * it is over already.
   *
   * @throws BellwetherException if there is none of this id, or the desk is closed
   */
  public void recovered(String id, String actor, String what) {
    acting(id, actor, what).recovered(actor, what);
  }

  /**
   * Takes the suspected deployment back.
   *
   * @throws BellwetherException if none is suspected, there is no way to, it was taken back or is
   *     being taken back already, the incident is over, or the desk is closed
   */
  public void rollBack(String id, String actor, String reason) {
    acting(id, actor, reason).rollBack(actor, reason);
  }

  /** The draft of an incident's postmortem as Markdown. */
  public String postmortem(String id) {
    return incident(id).postmortem();
  }

  /** Stops the clocks; what is known stays. */
  @Override
  public void close() {
    List<IncidentCase> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(cases.values());
    }
    all.forEach(IncidentCase::stop);
  }

  private Optional<IncidentCase> find(Alert alert) {
    return cases.values().stream().filter(open -> open.isAbout(alert)).findFirst();
  }

  private IncidentCase open(Alert alert) {
    var id = "inc-" + alert.at().toEpochMilli() + "-" + (cases.size() + 1);
    var now = time.wall().instant();
    var began = began(alert);
    var opening =
        new IncidentEvent.Opened(
            id, alert, settings.runbook(alert), began.isBefore(now) ? began : now, now);
    var opened = caseOf(CaseFile.open(settings.store(), opening));
    cases.put(id, opened);
    return opened;
  }

  /** What a host cannot tell must not keep an incident from being opened. */
  private Instant began(Alert alert) {
    try {
      return Objects.requireNonNull(settings.startedAt().apply(alert), "startedAt answered null");
    } catch (RuntimeException | Error e) {
      log.error("when {} began is not known, so it counts from when it was raised", alert, e);
      return alert.at();
    }
  }

  private void takeUp() {
    settings
        .store()
        .journals()
        .forEach((id, journal) -> cases.put(id, caseOf(CaseFile.found(settings.store(), journal))));
    cases.values().forEach(IncidentCase::resume);
  }

  private IncidentCase caseOf(CaseFile file) {
    return new IncidentCase(file, settings, time, executor);
  }

  private synchronized IncidentCase acting(String id, String actor, String words) {
    Objects.requireNonNull(actor, () -> "incident " + id + ": actor is null; say who");
    Objects.requireNonNull(words, () -> "incident " + id + ": the text is null; say what, or \"\"");
    if (closed) {
      throw new BellwetherException(
          "incident " + id + " is not looked after here: the desk was closed; ask the one in use");
    }
    return known(id);
  }

  private synchronized IncidentCase known(String id) {
    var found = cases.get(id);
    if (found == null) {
      throw new BellwetherException("no incident '" + id + "'; there are " + cases.keySet());
    }
    return found;
  }
}
