package io.bellwether.incident;

import io.bellwether.Problems;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Notifier;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Sets an incident desk up. Not thread-safe. */
public final class IncidentDeskBuilder {
  private final List<Runbook> runbooks = new ArrayList<>();
  private final List<RecoveryCheck> recovery = new ArrayList<>();
  private IncidentStore store = InMemoryIncidentStore.create();
  private RecentDeployments deployments = RecentDeployments.unknown();
  private Optional<Rollback> rollback = Optional.empty();
  private boolean rollsBackByItself;
  private ProviderStatus provider = ProviderStatus.unknown();
  private Tickets tickets = Tickets.none();
  private StatusPage statusPage = StatusPage.none();
  private Notifier stakeholders = Notifier.none();
  private Optional<AuditLog> audit = Optional.empty();
  private Duration sla = Duration.ofMinutes(30);
  private Duration suspectsFor = Duration.ofHours(2);
  private Duration verifyEvery = Duration.ofSeconds(30);
  private Function<Alert, Instant> startedAt = Alert::at;

  IncidentDeskBuilder() {}

  /**
   * What remembers incidents, such as a {@link FileIncidentStore}: with it they outlive the
   * process, and are taken up again; in memory unless said.
   */
  public IncidentDeskBuilder store(IncidentStore store) {
    this.store = store;
    return this;
  }

  /** Adds a runbook; the first that is for an alert counts, the standard one when none is. */
  public IncidentDeskBuilder runbook(Runbook runbook) {
    runbooks.add(runbook);
    return this;
  }

  /** What was deployed; nobody knows unless said. */
  public IncidentDeskBuilder deployments(RecentDeployments deployments) {
    this.deployments = deployments;
    return this;
  }

  /** How a deployment is taken back. */
  public IncidentDeskBuilder rollback(Rollback rollback) {
    this.rollback = Optional.of(rollback);
    return this;
  }

  /**
   * Takes a suspected deployment back without asking anybody, unless the provider is in trouble;
   * otherwise it is proposed.
   */
  public IncidentDeskBuilder rollBackByItself() {
    rollsBackByItself = true;
    return this;
  }

  /** Where to read how the AI provider is. */
  public IncidentDeskBuilder provider(ProviderStatus provider) {
    this.provider = provider;
    return this;
  }

  /** Where a ticket is opened. */
  public IncidentDeskBuilder tickets(Tickets tickets) {
    this.tickets = tickets;
    return this;
  }

  /** Where users read how it stands. */
  public IncidentDeskBuilder statusPage(StatusPage statusPage) {
    this.statusPage = statusPage;
    return this;
  }

  /** Who hears of proposals, of a breached SLA and of the recovery. */
  public IncidentDeskBuilder stakeholders(Notifier stakeholders) {
    this.stakeholders = stakeholders;
    return this;
  }

  /** Adds what has to be well again; without any, people say when it is over. */
  public IncidentDeskBuilder recovery(RecoveryCheck check) {
    recovery.add(check);
    return this;
  }

  /** Where rollbacks are written down. */
  public IncidentDeskBuilder audit(AuditLog audit) {
    this.audit = Optional.of(audit);
    return this;
  }

  /** How long an incident may last before an SLA is breached; 30 minutes unless said. */
  public IncidentDeskBuilder sla(Duration sla) {
    this.sla = sla;
    return this;
  }

  /** How long after a deployment it is suspected; 2 hours unless said. */
  public IncidentDeskBuilder suspectsFor(Duration suspectsFor) {
    this.suspectsFor = suspectsFor;
    return this;
  }

  /** How often the recovery is verified; every 30 seconds unless said. */
  public IncidentDeskBuilder verifyEvery(Duration verifyEvery) {
    this.verifyEvery = verifyEvery;
    return this;
  }

  /** When the trouble behind an alert began; when it was raised unless said. */
  public IncidentDeskBuilder startedAt(Function<Alert, Instant> startedAt) {
    this.startedAt = startedAt;
    return this;
  }

  DeskSettings build() {
    var problems = new Problems();
    problems.given(store, "the store");
    problems.given(deployments, "deployments(…)");
    problems.given(provider, "provider(…)");
    problems.given(tickets, "tickets(…)");
    problems.given(statusPage, "statusPage(…)");
    problems.given(stakeholders, "stakeholders(…)");
    problems.given(startedAt, "startedAt(…)");
    problems.allGiven("a runbook", runbooks);
    problems.allGiven("a recovery check", recovery);
    Durations.positiveProblem("the SLA", sla).ifPresent(problems::add);
    Durations.positiveProblem("suspectsFor", suspectsFor).ifPresent(problems::add);
    Durations.positiveProblem("verifyEvery", verifyEvery).ifPresent(problems::add);
    problems
        .require(
            !rollsBackByItself || rollback.isPresent(),
            "rollBackByItself() without a way to: add rollback(…)")
        .throwIfAny("incident desk");
    return new DeskSettings(
        store,
        List.copyOf(runbooks),
        deployments,
        rollback,
        rollsBackByItself,
        provider,
        tickets,
        statusPage,
        stakeholders,
        List.copyOf(recovery),
        audit,
        sla,
        suspectsFor,
        verifyEvery,
        startedAt);
  }
}
