/**
 * From a critical alert to the postmortem.
 *
 * <p>A {@link io.bellwether.incident.Runbook} says what to do in which {@link
 * io.bellwether.incident.IncidentPhase phase}. An {@link io.bellwether.incident.IncidentDesk} opens
 * an {@link io.bellwether.incident.Incident} from a critical alert, gathers recent deployments and
 * the provider's status, opens a ticket and a status notice, proposes the rollback or performs it,
 * verifies the recovery, and writes the draft of the postmortem from the records.
 *
 * <pre>{@code
 * var desk = IncidentDesk.create(time, executor, d -> d
 *     .runbook(Runbook.standard())
 *     .deployments(RecentDeployments.from(audit))
 *     .rollback(deployment -> runtime.revert("support-prompt", "incident", "roll back"))
 *     .rollBackByItself()
 *     .recovery(RecoveryCheck.health(health)));
 * var notifier = desk.notifier();          // give it the alerts
 * desk.postmortem("inc-1");
 * }</pre>
 */
@NullMarked
package io.bellwether.incident;

import org.jspecify.annotations.NullMarked;
