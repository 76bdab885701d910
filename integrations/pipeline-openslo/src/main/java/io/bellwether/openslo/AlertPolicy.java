package io.bellwether.openslo;

import io.bellwether.slo.BurnRateAlert;
import java.util.List;

/**
 * When whom to tell about an SLO. Immutable and thread-safe.
 *
 * @param name its name
 * @param words for people
 * @param condition the alert that fires
 * @param conditionWords the same of the condition
 * @param whenBreaching whether people are told when it fires
 * @param whenResolved whether people are told when it is over
 * @param whenNoData whether people are told when nothing is measured
 * @param targets who is told
 */
public record AlertPolicy(
    String name,
    Words words,
    BurnRateAlert condition,
    Words conditionWords,
    boolean whenBreaching,
    boolean whenResolved,
    boolean whenNoData,
    List<NotificationTarget> targets) {
  /** Copies the targets. */
  public AlertPolicy {
    targets = List.copyOf(targets);
  }
}
