package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.internal.engine.Memory.KnownTarget;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes up what an earlier engine remembered: all alerts first, then who knows of them. */
final class Restoration {
  private final EngineState state;
  private final Intake intake;
  private final Flushes flushes;
  private final Instant now;
  private final Map<String, ActiveAlert> alerts = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>();

  Restoration(EngineState state, Intake intake, Flushes flushes, Instant now) {
    this.state = state;
    this.intake = intake;
    this.flushes = flushes;
    this.now = now;
  }

  void restore(Memory memory) {
    memory.seen().forEach((key, at) -> at.ifPresent(seen -> state.seenEvents.put(key, seen)));
    memory
        .silences()
        .forEach((id, silence) -> silence.ifPresent(known -> state.silences.put(id, known)));
    memory
        .alerts()
        .forEach(
            (id, alert) ->
                alert.ifPresent(
                    known -> {
                      var active = intake.restore(known.alert(), known.acknowledged(), now);
                      alerts.put(active.id(), active);
                    }));
    state.groups.all().forEach(group -> groups.put(group.key(), group));
    memory.storms().forEach((receiver, known) -> state.storm(receiver).restore(known));
    memory.targets().values().forEach(target -> target.ifPresent(this::restore));
    state.storms.values().forEach(this::restore);
    alerts.values().stream().filter(alert -> alert.groups.isEmpty()).forEach(this::forget);
  }

  private void forget(ActiveAlert alert) {
    state.forgetIfUnused(alert);
  }

  private void restore(KnownTarget known) {
    var group = groups.computeIfAbsent(known.group(), this::leftBehind);
    var target = group.target(known.receiver(), Target.Kind.valueOf(known.kind()));
    take(known.announced(), group, target.announced);
    take(known.attempted(), group, target.attempted);
    take(known.told(), group, target.told);
    target.toldAt = known.toldAt().orElse(null);
    target.sequence = known.sequence();
    target.content = known.content();
    target.attempts = known.attempted().isEmpty() ? 0 : 1;
    if (known.toldAt().isPresent() && target.attempted.isEmpty()) {
      group.flushed = true;
      group.announcedAt = target.announced.isEmpty() ? null : known.toldAt().get();
      state.flushAt(group, now.plus(group.node.options().interval()));
    } else if (!group.flushed || group.leftBehind) {
      state.flushAt(group, now);
    }
    var storm = state.storm(target.receiver);
    if (known.withheld()) {
      storm.withhold(target);
    }
    if (known.summarized() && !target.announced.isEmpty()) {
      storm.told(target);
    }
    if (group.announcedAt != null && target.kind == Target.Kind.OWN) {
      for (var escalation : group.node.options().escalations()) {
        var at = group.announcedAt.plus(escalation.after());
        state.timers.add(at.isBefore(now) ? now : at, Timers.Kind.ESCALATION, group);
      }
    }
  }

  /**
   * What was kept back goes out when its minute is over; a storm that ended meanwhile is closed.
   */
  private void restore(Storm storm) {
    if (storm.withholds()) {
      state.timers.add(storm.windowEnd(now), Timers.Kind.STORM, storm);
    }
    flushes.closeIfOver(storm, now);
  }

  private void take(List<String> ids, Group group, Collection<ActiveAlert> into) {
    for (var id : ids) {
      var alert = alerts.get(id);
      if (alert != null) {
        into.add(alert);
        group.add(alert);
      }
    }
  }

  /** The routes have changed: nobody is told more under the old ones than that it is over. */
  private Group leftBehind(String key) {
    var root = state.settings.tree().nodes().get(0);
    var group = new Group(root, key);
    state.groups.add(group);
    return group;
  }
}
