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
 * @param storms by receiver; there are no more than receivers, so that none is forgotten
 */
public record Memory(
    Map<String, Optional<KnownAlert>> alerts,
    Map<String, Optional<KnownTarget>> targets,
    Map<String, Optional<Silence>> silences,
    Map<String, Optional<Instant>> seen,
    Map<String, KnownStorm> storms) {
  /** Nothing. */
  public static final Memory NONE = new Memory(Map.of(), Map.of(), Map.of(), Map.of(), Map.of());

  /**
   * How much a receiver was told lately.
   *
   * @param windowStart since when it is counted
   * @param sent notifications since then
   * @param openSince the beginning of a storm it was told of and that is not over
   */
  public record KnownStorm(Optional<Instant> windowStart, int sent, Optional<Instant> openSince) {}

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
   * @param withheld whether the storm cap keeps it back
   * @param summarized whether a storm's summary told of it
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
      int content,
      boolean withheld,
      boolean summarized) {}

  static Memory of(
      Collection<ActiveAlert> alerts,
      Collection<Target> targets,
      Map<String, Optional<Silence>> silences,
      Map<String, Optional<Instant>> seen,
      Collection<Storm> storms) {
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
    var knownStorms = new LinkedHashMap<String, KnownStorm>();
    storms.forEach(storm -> knownStorms.put(storm.receiver, storm.known()));
    return new Memory(
        knownAlerts,
        knownTargets,
        new LinkedHashMap<>(silences),
        new LinkedHashMap<>(seen),
        knownStorms);
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
        target.content,
        target.withheld,
        target.summarized);
  }

  private static List<String> ids(Collection<ActiveAlert> alerts) {
    return alerts.stream().map(ActiveAlert::id).toList();
  }

  /** Whether there is nothing. */
  public boolean isEmpty() {
    return alerts.isEmpty()
        && targets.isEmpty()
        && silences.isEmpty()
        && seen.isEmpty()
        && storms.isEmpty();
  }
}
