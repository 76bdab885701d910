package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import io.bellwether.alerting.route.Silence;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an engine has to remember over a restart, by identity; empty for what it may forget.
 *
 * @param alerts by what identifies them
 * @param targets by group and receiver
 * @param silences by id
 * @param seen events that were taken, and when
 */
public record Memory(
    Map<String, Optional<KnownAlert>> alerts,
    Map<String, Optional<KnownTarget>> targets,
    Map<String, Optional<Silence>> silences,
    Map<String, Optional<Instant>> seen) {
  /** Nothing. */
  public static final Memory NONE = new Memory(Map.of(), Map.of(), Map.of(), Map.of());

  /**
   * An alert.
   *
   * @param alert as it was last
   * @param acknowledged whether somebody has it in hand
   */
  public record KnownAlert(Alert alert, boolean acknowledged) {}

  /**
   * What a receiver was told of a group.
   *
   * @param group the group's key
   * @param receiver its name
   * @param kind why it is told
   * @param announced identities of alerts it knows to fire
   * @param attempted identities of alerts it could not be told of
   * @param told identities of events it was told of
   * @param toldAt when it was last told
   * @param sequence how often it was told
   * @param content what the last attempt told, as a checksum
   */
  public record KnownTarget(
      String group,
      String receiver,
      String kind,
      List<String> announced,
      List<String> attempted,
      List<String> told,
      Optional<Instant> toldAt,
      long sequence,
      int content) {}

  static Memory of(
      Collection<ActiveAlert> alerts,
      Collection<Target> targets,
      Map<String, Optional<Silence>> silences,
      Map<String, Optional<Instant>> seen) {
    var knownAlerts = new LinkedHashMap<String, Optional<KnownAlert>>();
    for (var alert : alerts) {
      knownAlerts.put(
          alert.id(),
          alert.groups.isEmpty()
              ? Optional.empty()
              : Optional.of(new KnownAlert(alert.alert, alert.acknowledged)));
    }
    var knownTargets = new LinkedHashMap<String, Optional<KnownTarget>>();
    for (var target : targets) {
      knownTargets.put(
          target.key(), target.group.destroyed ? Optional.empty() : Optional.of(known(target)));
    }
    return new Memory(
        knownAlerts, knownTargets, new LinkedHashMap<>(silences), new LinkedHashMap<>(seen));
  }

  private static KnownTarget known(Target target) {
    return new KnownTarget(
        target.group.key(),
        target.receiver,
        target.kind.name(),
        ids(target.announced),
        ids(target.attempted),
        ids(target.told),
        Optional.ofNullable(target.toldAt),
        target.sequence,
        target.content);
  }

  private static List<String> ids(Collection<ActiveAlert> alerts) {
    return alerts.stream().map(ActiveAlert::id).toList();
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return alerts.isEmpty() && targets.isEmpty() && silences.isEmpty() && seen.isEmpty();
  }
}
