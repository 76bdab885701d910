package io.bellwether.incident;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a desk works with.
 *
 * @param runbooks ??runbooks
 * @param deployments ??deployments
 * @param rollback ??rollback
 * @param rollsBackByItself ??rollsBackByItself
 * @param provider ??provider
 * @param tickets ??tickets
 * @param statusPage ??statusPage
 * @param stakeholders ??stakeholders
 * @param recovery ??recovery
 * @param sla ??sla
 * @param suspectsFor ??suspectsFor
 * @param verifyEvery ??verifyEvery
 * @param startedAt ??startedAt
 */
record DeskSettings(
    List<Runbook> runbooks,
    RecentDeployments deployments,
    Optional<Rollback> rollback,
    boolean rollsBackByItself,
    ProviderStatus provider,
    Tickets tickets,
    StatusPage statusPage,
    Notifier stakeholders,
    List<RecoveryCheck> recovery,
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
