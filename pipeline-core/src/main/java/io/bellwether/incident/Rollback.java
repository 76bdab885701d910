package io.bellwether.incident;

/** The port that takes a deployment back. May block and may throw. */
@FunctionalInterface
public interface Rollback {
  /** Takes it back; returns once that is under way. */
  void takeBack(RecentDeployment deployment, String actor, String reason);
}
