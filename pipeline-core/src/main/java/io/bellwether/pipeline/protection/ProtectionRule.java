package io.bellwether.pipeline.protection;

import io.bellwether.rollout.Clearance;
import java.time.Instant;

/**
 * One rule of a protected environment. Implementations are thread-safe; they may block and throw.
 */
public interface ProtectionRule {
  /** What the rule is called in reports, such as {@code reviewers}. */
  String name();

  /**
   * Looks at a request.
   *
   * @param now the time
   * @return go, wait or no, each with its reason in words
   */
  Clearance look(ProtectionRequest request, Instant now);
}
