package io.bellwether.openslo;

import java.util.List;

/**
 * What a text of OpenSLO documents holds. Immutable and thread-safe.
 *
 * @param slos in the order of the documents, with what they refer to
 * @param indicators SLIs that stand for themselves
 * @param policies alert policies that stand for themselves
 * @param targets notification targets that stand for themselves
 */
public record OpenSloBundle(
    List<ServiceSlo> slos,
    List<Indicator> indicators,
    List<AlertPolicy> policies,
    List<NotificationTarget> targets) {
  /** Copies the lists. */
  public OpenSloBundle {
    slos = List.copyOf(slos);
    indicators = List.copyOf(indicators);
    policies = List.copyOf(policies);
    targets = List.copyOf(targets);
  }

  /** A bundle of SLOs alone. */
  public static OpenSloBundle of(ServiceSlo... slos) {
    return new OpenSloBundle(List.of(slos), List.of(), List.of(), List.of());
  }
}
