package io.bellwether.pipeline.protection;

import io.bellwether.rollout.Clearance;

/**
 * What one rule said.
 *
 * @param rule the rule's name
 * @param clearance go, wait or no, with the reason
 */
public record RuleFinding(String rule, Clearance clearance) {
  /** For example {@code reviewers: GO, approved by lead}. */
  @Override
  public String toString() {
    var reason = clearance.reason();
    return rule + ": " + clearance.decision() + (reason.isEmpty() ? "" : ", " + reason);
  }
}
