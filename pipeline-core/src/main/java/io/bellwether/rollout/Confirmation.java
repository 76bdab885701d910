package io.bellwether.rollout;

import io.bellwether.internal.Texts;
import io.bellwether.routing.TrafficSplit;

/**
 * What was found a while after traffic had moved back.
 *
 * @param actual the router's split
 * @param healthy whether stable is healthy and its error rate is below the gates
 * @param detail the findings, for people
 */
public record Confirmation(TrafficSplit actual, boolean healthy, String detail) {
  /** Cuts findings that are too long to be kept. */
  public Confirmation {
    detail = Texts.cut(detail);
  }
}
