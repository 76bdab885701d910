package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Notification;
import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.RouteNode;
import io.bellwether.alerting.route.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Decides what is told to whom and when: the same inputs at the same times always lead to the same
 * notifications. It reads no clock and calls nobody; what follows from its inputs lies in the
 * {@link Outbox}. Not thread-safe.
 *
 * <p>Its state changes in place: a hundred thousand alerts do not fit into copies.
 */
public final class AlertEngine {
  private final EngineState state;
  private final Intake intake;
  private final Flushes flushes;
  private final Answers answers;

  /**
   * A group as it stands.
   *
   * @param key its identity
   * @param receivers who is told of it
   * @param labels what its alerts have in common
   * @param alerts what is in it
   */
  public record GroupView(
      String key, List<String> receivers, Map<String, String> labels, List<Alert> alerts) {}

  /** An engine that begins at this moment, with what an earlier one remembered. */
  public AlertEngine(EngineSettings settings, Memory memory, Instant now) {
    state = new EngineState(settings, now);
    intake = new Intake(state);
    flushes = new Flushes(state);
    answers = new Answers(state, flushes);
    new Restoration(state, intake, flushes, now).restore(memory);
    settings.daily().ifPresent(daily -> nextDaily(daily, now));
    run(now);
  }

  /** Takes alerts, then tells what is due. */
  public void take(Collection<Alert> alerts, Instant now) {
    alerts.forEach(alert -> intake.take(alert, now));
    run(now);
  }

  /** Takes an alert, then tells what is due. */
  public void take(Alert alert, Instant now) {
    intake.take(alert, now);
    run(now);
  }

  /** Takes in how a delivery went. */
  public void answer(long sending, Delivery delivery, Instant now) {
    answers.take(sending, delivery, now);
    run(now);
  }

  /** Puts a silence in force, or changes it; those that were over long ago are forgotten. */
  public void silence(Silence silence, Instant now) {
    var longAgo = now.minus(EngineSettings.SILENCE_MEMORY);
    state.silences.values().stream()
        .filter(known -> known.end().isBefore(longAgo))
        .map(Silence::id)
        .toList()
        .forEach(
            id -> {
              state.silences.remove(id);
              state.outbox.silence(id, Optional.empty());
            });
    state.silences.put(silence.id(), silence);
    state.outbox.silence(silence.id(), Optional.of(silence));
    run(now);
  }

  /** Ends a silence; whether there was one. */
  public boolean unsilence(String id, Instant now) {
    var known = state.silences.remove(id) != null;
    state.outbox.silence(id, Optional.empty());
    run(now);
    return known;
  }

  /** The silences there are, those that are over included. */
  public Collection<Silence> silences() {
    return List.copyOf(state.silences.values());
  }

  /** Somebody has these in hand: no reminders, no escalation; how many alerts there were. */
  public int acknowledge(Predicate<Labels> which) {
    return intake.acknowledge(alert -> which.test(alert.labels()));
  }

  /** Tells what is due. */
  public void run(Instant now) {
    for (var due = state.timers.due(now); due.isPresent(); due = state.timers.due(now)) {
      fire(due.get(), now);
    }
  }

  private void fire(Timers.Timer timer, Instant now) {
    var subject = timer.subject();
    if (subject instanceof ActiveAlert alert) {
      intake.expired(alert, now);
    } else if (subject instanceof Target target) {
      retry(target, now);
    } else if (subject instanceof Storm storm) {
      flushes.summarize(storm, now);
    } else if (subject instanceof Notification notification) {
      flushes.closeAgain(notification);
    } else if (subject instanceof EngineSettings.Daily daily) {
      tellOfTheDay(daily, now);
    } else if (subject instanceof Group group && !group.destroyed) {
      if (timer.kind() == Timers.Kind.ESCALATION) {
        escalate(group, now);
      } else if (timer.at().equals(group.nextFlush)) {
        flushes.flush(group, now);
      }
    }
  }

  private void retry(Target target, Instant now) {
    if (target.retryAt != null && !now.isBefore(target.retryAt) && !target.group.destroyed) {
      flushes.consider(target, now);
      flushes.cleanUp(target.group, now);
    }
  }

  private void escalate(Group group, Instant now) {
    var since = group.announcedAt;
    if (since == null || !group.unacknowledged()) {
      return;
    }
    for (var escalation : group.node.options().escalations()) {
      if (!now.isBefore(since.plus(escalation.after()))) {
        for (var receiver : escalation.receivers()) {
          var known = group.targets().stream().anyMatch(t -> t.receiver.equals(receiver));
          if (!known) {
            flushes.consider(group.target(receiver, Target.Kind.ESCALATION), now);
          }
        }
      }
    }
  }

  private void nextDaily(EngineSettings.Daily daily, Instant now) {
    var local = now.atZone(daily.zone());
    var today = local.toLocalDate().atTime(daily.at()).atZone(daily.zone());
    var next = today.isAfter(local) ? today : today.plusDays(1);
    state.timers.add(next.toInstant(), Timers.Kind.DAILY, daily);
  }

  private void tellOfTheDay(EngineSettings.Daily daily, Instant now) {
    var firing = (int) state.alerts.all().stream().filter(ActiveAlert::firing).count();
    var summary = state.counts.summarize(firing);
    intake.take(
        Alert.of("daily_summary", Severity.INFO, now, alert -> alert.summary(summary)), now);
    nextDaily(daily, now);
  }

  /** Why nobody is told of these labels now, whatever the route. */
  public Optional<String> mutedBy(Labels labels, Instant now) {
    return state.mutedBy(labels, now);
  }

  /** Why this route tells nobody now. */
  public Optional<String> closed(RouteNode node, Instant now) {
    return state.closed(node, now);
  }

  /** Every group. */
  public List<GroupView> groups() {
    var groups = state.groups.all();
    var views = new ArrayList<GroupView>(groups.size());
    groups.forEach(group -> views.add(group.view()));
    return views;
  }

  /** How many alerts it knows. */
  public int size() {
    return state.alerts.size();
  }

  /** When {@link #run} has something to do next; {@link Instant#MAX} when never. */
  public Instant nextWake() {
    return state.timers.next();
  }

  /** What follows from the inputs so far. */
  public Outbox outbox() {
    return state.outbox;
  }
}
