package io.bellwether.jdbc;

import io.bellwether.jdbc.internal.Sql;
import io.bellwether.testing.AlertStoreTck;
import io.bellwether.testing.BudgetStoreTck;
import io.bellwether.testing.IncidentStoreTck;
import io.bellwether.testing.PipelineStoreTck;
import io.bellwether.testing.RolloutStoreTck;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
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

  private void empty() {
    database.write(
        "all journals",
        connection -> {
          Sql.update(connection, "delete from bellwether_journal");
          return Sql.update(connection, "delete from bellwether_stable");
        });
  }
}
