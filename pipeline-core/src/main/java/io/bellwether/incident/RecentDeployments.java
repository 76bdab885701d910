package io.bellwether.incident;

import io.bellwether.pipeline.audit.AuditLog;
import java.time.Instant;
import java.util.List;

/** The port that knows what was deployed. May block and may throw. */
@FunctionalInterface
public interface RecentDeployments {
  /** What was deployed from this moment on, oldest first. */
  List<RecentDeployment> since(Instant from);

  /**
   * What the audit log says.
   *
   * @param release what its pipelines deploy
   * @param environment where incidents are looked at
   */
  static RecentDeployments from(AuditLog audit, String release, String environment) {
    return from ->
        audit.deployments().stream()
            .filter(deployment -> deployment.succeeded() && !deployment.at().isBefore(from))
            .filter(deployment -> deployment.environment().equals(environment))
            .map(
                deployment ->
                    new RecentDeployment(
                        deployment.at(),
                        release,
                        deployment.version(),
                        environment,
                        deployment.actor()))
            .toList();
  }

  /** Nobody knows. */
  static RecentDeployments unknown() {
    return from -> List.of();
  }
}
