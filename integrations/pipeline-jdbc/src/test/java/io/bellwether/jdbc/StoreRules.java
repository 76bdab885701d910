package io.bellwether.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore;
import io.bellwether.alert.Severity;
import io.bellwether.incident.IncidentEvent;
import io.bellwether.incident.Runbook;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.Trigger;
import io.bellwether.pipeline.audit.AuditEntry;
import io.bellwether.pipeline.audit.AuditKind;
import io.bellwether.pipeline.audit.AuditLog;
import io.bellwether.pipeline.audit.AuditRecord;
import io.bellwether.release.ChangeKind;
import io.bellwether.slo.DeployAttempt;
import io.bellwether.testing.AlertStoreTck;
import io.bellwether.testing.BudgetStoreTck;
import io.bellwether.testing.IncidentStoreTck;
import io.bellwether.testing.PipelineStoreTck;
import io.bellwether.testing.RolloutStoreTck;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of every port, on whatever database; fenced, as in a fleet. */
@Timeout(120)
abstract class StoreRules {
  private final AtomicInteger names = new AtomicInteger();
  private TestDatabase test;
  private JdbcDatabase database;

  abstract TestDatabase open();

  @BeforeEach
  void begin() {
    test = open();
    database = test.database();
  }

  @AfterEach
  void end() {
    test.close();
  }

  private Fence fence() {
    var name = "lease" + names.incrementAndGet();
    return Lease.of(database, name, "test", Duration.ofMinutes(10)).acquire().orElseThrow();
  }

  /** Another service in the same tables, each time. */
  private <S> S another(Function<String, S> store) {
    return store.apply("service " + names.incrementAndGet());
  }

  @Test
  void keeps_the_rules_of_alert_stores() {
    var fence = fence();
    AlertStoreTck.verifyDurable(
        () -> another(name -> JdbcAlertStore.of(database, name).fencedBy(fence)), store -> store);
  }

  @Test
  void keeps_the_rules_of_budget_stores() {
    var fence = fence();
    BudgetStoreTck.verifyDurable(
        () -> another(name -> JdbcBudgetStore.of(database, name).fencedBy(fence)), store -> store);
  }

  @Test
  void keeps_the_rules_of_incident_stores() {
    var fence = fence();
    IncidentStoreTck.verifyDurable(
        () -> another(name -> JdbcIncidentStore.of(database, name).fencedBy(fence)),
        store -> store);
  }

  @Test
  void keeps_the_rules_of_pipeline_stores() {
    PipelineStoreTck.verifyDurable(
        () -> {
          empty();
          return JdbcPipelineStore.of(database).fencedBy(fence());
        },
        store -> JdbcPipelineStore.of(database));
  }

  @Test
  void keeps_the_rules_of_rollout_stores() {
    RolloutStoreTck.verifyDurable(
        () -> {
          empty();
          return JdbcRolloutStore.of(database).fencedBy(fence());
        },
        store -> JdbcRolloutStore.of(database));
  }

  @Test
  void many_processes_write_one_audit_log() throws Exception {
    var writers = new ArrayList<Callable<Integer>>();
    for (var writer = 0; writer < 3; writer++) {
      var name = "w" + writer;
      writers.add(
          () -> {
            var log = AuditLog.over(JdbcAuditStore.of(database, "chat"));
            for (var i = 0; i < 20; i++) {
              log.append(record(name + "/" + i));
              log.append(record("common/" + i));
            }
            return 0;
          });
    }
    var threads = Executors.newFixedThreadPool(writers.size());
    try {
      for (var done : threads.invokeAll(writers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
    var log = AuditLog.over(JdbcAuditStore.of(database, "chat"));
    log.verify();
    assertThat(log.entries()).hasSize(80).extracting(AuditEntry::key).doesNotHaveDuplicates();
    assertThat(AuditLog.over(JdbcAuditStore.of(database, "other")).entries()).isEmpty();
  }

  @Test
  void an_audit_log_that_was_tampered_with_is_refused() {
    var log = AuditLog.over(JdbcAuditStore.of(database, "chat"));
    for (var i = 0; i < 5; i++) {
      log.append(record("k" + i));
    }
    assertThat(log).hasToString("audit log chat in " + database + " (5 entries)");
    tamper("delete from bellwether_audit_entry where number = 5");
    assertThatThrownBy(() -> AuditLog.over(JdbcAuditStore.of(database, "chat")))
        .hasMessageContaining("it was truncated: it has 4 entries and had 5");
    assertThatThrownBy(log::verify).hasMessageContaining("truncated");
    tamper(
        "update bellwether_audit_entry set entry = replace(entry, 'dev', 'ops') where number = 2");
    assertThatThrownBy(() -> AuditLog.over(JdbcAuditStore.of(database, "chat")))
        .hasMessageContaining("entry 2 was changed");
  }

  @Test
  void a_journal_of_ten_thousand_events_is_read_back() {
    var store = JdbcPipelineStore.of(database).fencedBy(fence());
    var at = Instant.parse("2026-03-01T00:00:00Z");
    var events = new ArrayList<PipelineEvent>();
    events.add(
        new PipelineEvent.Accepted(
            at, "big", "chat", Trigger.of("main", "4f2a9c1", "dev"), List.of("a")));
    while (events.size() < 10_000) {
      events.add(new PipelineEvent.Waits(at, "a", "reason " + events.size()));
    }
    for (var from = 0; from < events.size(); from += 500) {
      store.append("big", from, events.subList(from, from + 500));
    }
    assertThat(store.journal("big")).isEqualTo(events);
    assertThat(store.unfinished()).containsExactly("big");
  }

  @Test
  void a_deposed_leader_writes_into_no_store() {
    var lease = Lease.of(database, "deposed", "old", Duration.ofMinutes(10));
    var old = lease.acquire().orElseThrow();
    lease.release();
    var now = Lease.of(database, "deposed", "new", Duration.ofMinutes(10)).acquire().orElseThrow();
    var at = Instant.parse("2026-03-01T00:00:00Z");
    var accepted =
        new PipelineEvent.Accepted(
            at, "r", "chat", Trigger.of("main", "4f2a9c1", "dev"), List.of("a"));
    var attempt = new DeployAttempt("r", "chat v7", ChangeKind.CRITICAL_FIX, at);
    var change = new AlertStore.Change("k", Optional.of(new byte[] {1}));
    var opened =
        new IncidentEvent.Opened(
            "i", Alert.of("down", Severity.CRITICAL, at, a -> a), Runbook.standard(), at, at);
    List<Consumer<Fence>> writes =
        List.of(
            it -> JdbcRolloutStore.of(database).fencedBy(it).append("r", 0, List.of()),
            it -> JdbcPipelineStore.of(database).fencedBy(it).append("r", 0, List.of(accepted)),
            it -> JdbcBudgetStore.of(database, "d").fencedBy(it).append(attempt),
            it -> JdbcAlertStore.of(database, "d").fencedBy(it).write(List.of(change)),
            it -> JdbcIncidentStore.of(database, "d").fencedBy(it).append("i", List.of(opened)));
    for (var write : writes) {
      assertThatThrownBy(() -> write.accept(old)).isInstanceOf(DeposedException.class);
    }
    assertThat(JdbcPipelineStore.of(database).journal("r")).isEmpty();
    assertThat(JdbcBudgetStore.of(database, "d").records()).isEmpty();
    assertThat(JdbcAlertStore.of(database, "d").load()).isEmpty();
    assertThat(JdbcIncidentStore.of(database, "d").journals()).isEmpty();
    writes.subList(1, writes.size()).forEach(write -> write.accept(now));
    assertThat(JdbcPipelineStore.of(database).journal("r")).containsExactly(accepted);
  }

  private void tamper(String sql) {
    database.write("the log", connection -> Sql.update(connection, sql));
  }

  private static AuditRecord record(String key) {
    return new AuditRecord(
        key,
        Instant.parse("2026-03-01T00:00:00Z"),
        AuditKind.values()[0],
        "dev",
        "did something",
        Map.of());
  }

  private void empty() {
    database.write(
        "all journals",
        connection -> {
          Sql.update(connection, "delete from bellwether_journal");
          return Sql.update(connection, "delete from bellwether_stable");
        });
  }
}
