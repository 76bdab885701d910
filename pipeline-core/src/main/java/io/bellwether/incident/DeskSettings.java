package io.bellwether.incident;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.pipeline.audit.AuditLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a desk works with. */
record DeskSettings(
    IncidentStore store,
    List<Runbook> runbooks,
    RecentDeployments deployments,
    Optional<Rollback> rollback,
    boolean rollsBackByItself,
    ProviderStatus provider,
    Tickets tickets,
    StatusPage statusPage,
    Notifier stakeholders,
    List<RecoveryCheck> recovery,
    Optional<AuditLog> audit,
    Duration sla,
    Duration suspectsFor,
    Duration verifyEvery,
    Function<Alert, Instant> startedAt) {

  Runbook runbook(Alert alert) {
    return runbooks.stream()
        .filter(runbook -> runbook.isFor(alert))
        .findFirst()
        .orElseGet(Runbook::standard);
  }
}
