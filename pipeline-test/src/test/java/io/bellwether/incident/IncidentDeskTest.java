package io.bellwether.incident;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.VirtualTime;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentDeskTest {
  private final VirtualTime time = VirtualTime.at(MutableClock.START.plus(Duration.ofDays(2)));
  private final List<String> log = new ArrayList<>();
  private final List<Alert> told = new ArrayList<>();
  private final List<RecentDeployment> deployments = new ArrayList<>();
  private Optional<String> wrong = Optional.of("error rate 7.2%");
  private boolean providerIsWell = true;

  @Test
  void a_critical_alert_opens_an_incident_and_others_do_not() {
    try (var desk = desk(d -> d)) {
      desk.notifier().notify(alert("error_rate", Severity.WARNING));
      desk.notifier().notify(alert("error_rate", Severity.INFO));
      assertThat(desk.incidents()).isEmpty();
      desk.notifier().notify(alert("error_rate", Severity.CRITICAL));
      desk.notifier().notify(alert("error_rate", Severity.CRITICAL));
      assertThat(desk.incidents()).hasSize(1);
      desk.notifier().notify(alert("success_rate", Severity.CRITICAL));
      assertThat(desk.incidents()).hasSize(1);
      assertThat(texts(desk.incidents().get(0))).containsOnlyOnce("success_rate: error rate 7.2%");
      desk.notifier().notify(of("health_check_failed", Severity.CRITICAL, "billing"));
      assertThat(desk.incidents()).hasSize(2);
    }
  }

  @Test
  void what_it_tells_stakeholders_opens_no_further_incident() {
    deployed(ofMinutes(30), "v7");
    try (var desk = desk(d -> d)) {
      desk.take(alert("error_rate", Severity.CRITICAL));
      told.forEach(desk.notifier()::notify);
      assertThat(told).isNotEmpty();
      assertThat(desk.incidents()).hasSize(1);
    }
  }

  @Test
  void it_gathers_deployments_the_provider_a_ticket_and_tells_users() {
    deployed(Duration.ofHours(20), "v5");
    deployed(Duration.ofMinutes(119), "v6");
    deployed(ofMinutes(30), "v7");
    deployed(Duration.ofHours(30), "v4");
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      var incident = desk.incident(id);

      assertThat(incident.deployments())
          .extracting(RecentDeployment::version)
          .containsExactly("v5", "v6", "v7");
      assertThat(incident.proposal()).map(RecentDeployment::version).contains("v7");
      assertThat(incident.ticket()).isEqualTo("T-1");
      assertThat(texts(incident))
          .contains(
              "3 deployments in the day before, suspected: chat v7 to production by dev at"
                  + " 2026-01-02T23:30:00Z, 30m before the alert",
              "the AI provider is operational",
              "proposed: roll back chat v7 to production by dev at 2026-01-02T23:30:00Z");
      assertThat(log)
          .containsExactly(
              "ticket opened", "status INVESTIGATING: We see errors and look for the cause.");
      assertThat(told).extracting(Alert::name).containsExactly("incident_rollback_proposed");
    }
  }

  @Test
  void nothing_is_suspected_that_was_deployed_longer_ago() {
    deployed(Duration.ofMinutes(121), "v6");
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(desk.incident(id).proposal()).isEmpty();
      assertThatThrownBy(() -> desk.rollBack(id, "ops", "try"))
          .isInstanceOf(BellwetherException.class)
          .hasMessageContaining("no deployment is suspected");
    }
  }

  @Test
  void if_allowed_it_rolls_back_by_itself_and_verifies_the_recovery() {
    deployed(ofMinutes(30), "v7");
    try (var desk = desk(IncidentDeskBuilder::rollBackByItself)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(log).contains("rolled back v7 by bellwether");
      assertThat(desk.incident(id).status()).isEqualTo(IncidentStatus.MITIGATED);

      time.advance(ofSeconds(60));
      assertThat(desk.incident(id).isOver()).isFalse();
      wrong = Optional.empty();
      time.advance(ofSeconds(30));

      var over = desk.incident(id);
      assertThat(over.isOver()).isTrue();
      assertThat(over.timeToMitigate()).contains(Duration.ZERO);
      assertThat(over.timeToRecover()).contains(ofSeconds(90));
      assertThat(texts(over)).contains("not over yet: metrics: error rate 7.2%");
      assertThat(log).contains("ticket updated", "status RESOLVED: The service works again.");
      assertThat(told).extracting(Alert::name).contains("incident_recovered");
    }
  }

  @Test
  void while_the_provider_is_in_trouble_a_rollback_is_only_proposed() {
    deployed(ofMinutes(30), "v7");
    providerIsWell = false;
    try (var desk = desk(IncidentDeskBuilder::rollBackByItself)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(log).doesNotContain("rolled back v7 by bellwether");
      assertThat(texts(desk.incident(id)))
          .anyMatch(text -> text.endsWith("the provider is in trouble, so look twice"));
      desk.rollBack(id, "ops", "it is ours all the same");
      assertThat(log).contains("rolled back v7 by ops");
    }
  }

  @Test
  void the_clocks_of_the_runbook_tick() {
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(phases(desk, id)).contains(IncidentPhase.TRIAGE);
      assertThat(texts(desk.incident(id)))
          .contains("standard runbook: Acknowledge the alert; Say what is broken and for whom");
      time.advance(ofMinutes(5));
      assertThat(texts(desk.incident(id))).anyMatch(text -> text.contains("Read the logs"));
      time.advance(ofMinutes(10));
      assertThat(texts(desk.incident(id)))
          .anyMatch(text -> text.contains("Switch to the fallback"));
      time.advance(ofMinutes(15));
      assertThat(texts(desk.incident(id)))
          .anyMatch(text -> text.contains("Verify that it is over"));
      assertThat(desk.incident(id).phaseAt(time.instant())).isEqualTo(IncidentPhase.RECOVERY);
    }
  }

  @Test
  void a_breached_sla_is_told_once() {
    try (var desk = desk(d -> d.sla(ofMinutes(30)))) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      time.advance(ofMinutes(29));
      assertThat(desk.incident(id).slaBreachedAt()).isEmpty();
      time.advance(ofMinutes(60));
      assertThat(desk.incident(id).slaBreachedAt())
          .contains(desk.incident(id).startedAt().plus(ofMinutes(30)));
      assertThat(told).extracting(Alert::name).containsExactly("incident_sla_breached");
    }
  }

  @Test
  void an_incident_that_is_over_in_time_breaches_nothing() {
    wrong = Optional.empty();
    try (var desk = desk(d -> d)) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      time.advance(ofMinutes(10));
      desk.mitigated(id, "ops", "restarted the instance");
      time.advance(ofMinutes(60));
      assertThat(desk.incident(id).slaBreachedAt()).isEmpty();
      assertThat(desk.incident(id).isOver()).isTrue();
      assertThat(time.pending()).isZero();
    }
  }

  @Test
  void a_resolved_alert_has_the_recovery_verified() {
    wrong = Optional.empty();
    try (var desk = desk(d -> d)) {
      var alert = alert("error_rate", Severity.CRITICAL);
      var id = desk.take(alert).orElseThrow();
      time.advance(ofMinutes(3));
      assertThat(desk.take(alert.resolved(time.instant()))).contains(id);
      assertThat(desk.incident(id).isOver()).isTrue();
      assertThat(desk.take(alert.resolved(time.instant()))).isEmpty();
    }
  }

  @Test
  void a_port_that_fails_is_noted_and_stops_nothing() {
    var failing =
        desk(
            d ->
                d.deployments(
                        from -> {
                          throw new IllegalStateException("no audit log");
                        })
                    .provider(
                        () -> {
                          throw new IllegalStateException("no page");
                        })
                    .statusPage(
                        notice -> {
                          throw new IllegalStateException("no rights");
                        }));
    try (failing) {
      var id = failing.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(texts(failing.incident(id)))
          .contains(
              "looking for recent deployments failed: no audit log",
              "looking at the provider's status failed: no page",
              "publishing a status notice failed: no rights",
              "ticket T-1");
    }
  }

  @Test
  void a_rollback_that_fails_leaves_the_incident_open() {
    deployed(ofMinutes(30), "v7");
    try (var desk =
        desk(
            d ->
                d.rollback(
                        (deployment, actor, reason) -> {
                          throw new IllegalStateException("router gone");
                        })
                    .rollBackByItself())) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      assertThat(desk.incident(id).status()).isEqualTo(IncidentStatus.OPEN);
      assertThat(texts(desk.incident(id))).contains("rolling back failed: router gone");
    }
  }

  @Test
  void the_postmortem_is_written_from_the_records(@TempDir Path folder) {
    deployed(ofMinutes(30), "v7");
    try (var audit = AuditLog.open(folder.resolve("audit.log"));
        var desk = desk(d -> d.startedAt(alert -> alert.at().minusSeconds(120)).audit(audit))) {
      var id = desk.take(alert("error_rate", Severity.CRITICAL)).orElseThrow();
      time.advance(ofMinutes(2));
      desk.acknowledge(id, "ops");
      desk.note(id, "ops", "only v7 | fails");
      time.advance(ofMinutes(6));
      desk.rollBack(id, "ops", "v7 fails");
      wrong = Optional.empty();
      time.advance(ofMinutes(1));

      assertThat(desk.postmortem(id))
          .contains(
              "# Postmortem of " + id + ": error_rate",
              "**What happened.** error rate 7.2%",
              "| Time to detect | 2m |",
              "| Time to acknowledge | 2m |",
              "| Time to mitigate | 8m |",
              "| Time to recover | 10m 30s |",
              "| SLA | kept |",
              "2026-01-02T23:30:00Z (suspected)",
              "| ops | only v7 \\| fails |",
              "## To be written by people");
      assertThat(audit.entries().get(0).summary())
          .isEqualTo("took back chat v7 to production by dev at 2026-01-02T23:30:00Z: v7 fails");
    }
  }

  @Test
  void a_runbook_is_chosen_by_the_alerts_name() {
    var own =
        Runbook.named(
            "latency", r -> r.alerts("latency_p95").step(IncidentPhase.TRIAGE, "Look", ""));
    try (var desk = desk(d -> d.runbook(own))) {
      var slow = desk.take(alert("latency_p95", Severity.CRITICAL)).orElseThrow();
      var other = desk.take(of("error_rate", Severity.CRITICAL, "billing")).orElseThrow();
      assertThat(desk.incident(slow).runbook()).isEqualTo(own);
      assertThat(desk.incident(other).runbook().name()).isEqualTo("standard");
    }
    assertThatThrownBy(() -> Runbook.named(" ", r -> r))
        .hasMessageContainingAll("its name is blank", "it has no step");
  }

  @Test
  void settings_that_cannot_work_are_refused_at_once() {
    assertThatThrownBy(
            () ->
                IncidentDesk.create(
                    time.source(), Runnable::run, d -> d.rollBackByItself().sla(Duration.ZERO)))
        .hasMessageContainingAll("without a way to: add rollback(…)", "the SLA is 0ms");
    assertThatThrownBy(() -> desk(d -> d).incident("inc-9")).hasMessageContaining("no incident");
  }

  private IncidentDesk desk(UnaryOperator<IncidentDeskBuilder> more) {
    return IncidentDesk.create(
        time.source(),
        Runnable::run,
        d ->
            more.apply(
                d.deployments(
                        from -> deployments.stream().filter(it -> !it.at().isBefore(from)).toList())
                    .rollback(
                        (deployment, actor, reason) ->
                            log.add("rolled back " + deployment.version() + " by " + actor))
                    .provider(
                        () -> new ProviderStatus.Report("the AI provider", providerIsWell, ""))
                    .tickets(new LoggedTickets())
                    .statusPage(
                        notice -> log.add("status " + notice.state() + ": " + notice.text()))
                    .stakeholders(told::add)
                    .recovery(RecoveryCheck.of("metrics", () -> wrong))));
  }

  private void deployed(Duration ago, String version) {
    deployments.add(
        new RecentDeployment(time.instant().minus(ago), "chat", version, "production", "dev"));
  }

  private Alert alert(String name, Severity severity) {
    return of(name, severity, "chat");
  }

  private Alert of(String name, Severity severity, String service) {
    return Alert.of(
        name,
        severity,
        time.instant(),
        a -> a.firing().label("service", service).summary("error rate 7.2%"));
  }

  private static List<String> texts(Incident incident) {
    return incident.timeline().stream().map(TimelineEntry::text).toList();
  }

  private static List<IncidentPhase> phases(IncidentDesk desk, String id) {
    return desk.incident(id).timeline().stream().map(TimelineEntry::phase).toList();
  }

  private final class LoggedTickets implements Tickets {
    @Override
    public String open(Incident incident) {
      log.add("ticket opened");
      return "T-1";
    }

    @Override
    public void update(String ticket, Incident incident) {
      log.add("ticket updated");
    }
  }
}
