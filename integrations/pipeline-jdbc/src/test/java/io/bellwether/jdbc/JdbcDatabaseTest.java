package io.bellwether.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import io.bellwether.rollout.RolloutStore;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JdbcDatabaseTest {
  private final TestDatabase test = TestDatabase.h2();

  @AfterEach
  void end() {
    test.close();
  }

  @Test
  void without_tables_a_store_says_how_to_make_them() {
    var database = JdbcDatabase.of(test.pool());
    assertThatThrownBy(() -> JdbcRolloutStore.of(database))
        .isInstanceOf(BellwetherException.class)
        .hasMessageContaining("no tables of this library")
        .hasMessageContaining("createSchema()");
    assertThatThrownBy(() -> Lease.of(database, "a", "b", Duration.ofSeconds(3)))
        .hasMessageContaining("createSchema()");
  }

  @Test
  void tables_are_made_once() {
    var database = test.database();
    assertThat(database.createSchema().checkSchema()).isSameAs(database);
    assertThat(database).hasToString("H2");
  }

  @Test
  void tables_made_by_many_at_once_are_made_once() throws Exception {
    var threads = Executors.newFixedThreadPool(8);
    try {
      Callable<JdbcDatabase> making = () -> JdbcDatabase.of(test.pool()).createSchema();
      for (var made : threads.invokeAll(Collections.nCopies(8, making), 20, TimeUnit.SECONDS)) {
        assertThat(made.get().checkSchema()).hasToString("H2");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void tables_of_another_version_are_refused() {
    var database = test.database();
    setVersion(database, 2);
    assertThatThrownBy(() -> JdbcPipelineStore.of(database))
        .hasMessageContaining("version 2")
        .hasMessageContaining("a later library has made them");
    assertThatThrownBy(database::createSchema).hasMessageContaining("a later library");
    assertThatThrownBy(() -> Lease.of(database, "fleet", "a", Duration.ofSeconds(3)))
        .hasMessageContaining("a later library");
    setVersion(database, 0);
    assertThatThrownBy(() -> JdbcPipelineStore.of(database))
        .hasMessageContaining("version 0")
        .hasMessageContaining("run the scripts after V0");
  }

  private static void setVersion(JdbcDatabase database, int version) {
    database.write(
        "the version",
        connection -> Sql.update(connection, "update bellwether_schema set version = ?", version));
  }

  @Test
  void a_connection_goes_back_as_it_came() throws SQLException {
    var database = test.database();
    assertThatThrownBy(
            () ->
                database.write(
                    "a note",
                    connection -> {
                      Sql.update(connection, "delete from bellwether_lease");
                      throw new IllegalStateException("in the middle");
                    }))
        .hasMessage("in the middle");
    for (var i = 0; i < 30; i++) { // more than the pool has
      assertThatThrownBy(
              () -> database.read("nothing", c -> Sql.update(c, "select from nowhere at all")))
          .isInstanceOf(BellwetherException.class);
    }
    try (var connection = test.pool().getConnection()) {
      assertThat(connection.getAutoCommit()).isTrue();
    }
    assertThat(test.pool().getHikariPoolMXBean().getActiveConnections()).isZero();
  }

  @Test
  void a_conflict_is_tried_again_and_a_mistake_is_not() {
    var database = test.database();
    var attempts = new AtomicInteger();
    var done =
        database.write(
            "a note",
            connection -> {
              if (attempts.incrementAndGet() < JdbcDatabase.ATTEMPTS) {
                throw new SQLException("could not serialize", "40001");
              }
              return "done";
            });
    assertThat(done).isEqualTo("done");
    assertThat(attempts).hasValue(3);
    attempts.set(0);
    assertThatThrownBy(
            () ->
                database.write(
                    "a note",
                    connection -> {
                      attempts.incrementAndGet();
                      throw new SQLException("syntax", "42601");
                    }))
        .hasMessageContaining("writing a note failed: syntax (SQLSTATE 42601)");
    assertThat(attempts).hasValue(1);
  }

  @Test
  void what_can_never_be_kept_is_the_callers_mistake() {
    assertThatThrownBy(
            () ->
                test.database()
                    .write(
                        "a note",
                        connection -> {
                          throw new SQLException("invalid byte sequence", "22021");
                        }))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void another_database_is_refused_by_its_name() {
    assertThatThrownBy(() -> JdbcDatabase.of(sourceOf("Oracle")))
        .hasMessageContaining("a database named Oracle, expected PostgreSQL or H2");
  }

  @Test
  void no_password_is_told() {
    var failure =
        new SQLException(
            "No suitable driver for jdbc:x://app:s3cr3t-one@db/x?user=app&password=s3cr3t-two",
            "08001");
    assertThat(SqlFailure.words(failure)).doesNotContain("s3cr3t").contains("08001");
    assertThat(SqlFailure.cause(failure).getMessage()).doesNotContain("s3cr3t");
    var harmless = new SQLException("connection refused", "08001");
    assertThat((Object) SqlFailure.cause(harmless)).isSameAs(harmless);
  }

  @Test
  void a_timeout_out_of_range_is_refused() {
    var database = test.database();
    assertThatThrownBy(() -> database.withTimeout(Duration.ofMillis(99)))
        .hasMessageContaining("expected 100 ms to 10 minutes");
    assertThatThrownBy(() -> JdbcRolloutStore.of(database).keeping(9))
        .hasMessageContaining("at least 10");
  }

  @Test
  void stores_say_where_they_are() {
    var database = test.database();
    RolloutStore rollouts = JdbcRolloutStore.of(database).keeping(50);
    assertThat(
            List.of(
                rollouts,
                JdbcPipelineStore.of(database),
                JdbcIncidentStore.of(database, "chat"),
                JdbcAlertStore.of(database, "chat"),
                JdbcBudgetStore.of(database, "chat")))
        .extracting(Object::toString)
        .containsExactly(
            "rollouts in H2",
            "pipelines in H2",
            "incidents of chat in H2",
            "alerts of chat in H2",
            "budgets of chat in H2");
  }

  private static DataSource sourceOf(String product) {
    var metaData =
        proxy(DatabaseMetaData.class, name -> name.equals("getDatabaseProductName") ? product : "");
    var connection = proxy(Connection.class, name -> name.equals("getMetaData") ? metaData : null);
    return proxy(DataSource.class, name -> connection);
  }

  private static <T> T proxy(Class<T> type, Function<String, Object> answer) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> answer.apply(method.getName())));
  }
}
