package io.bellwether.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.time.TimeSource;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

/** The check of a database, on a real driver. */
class DatabaseCheckTest {
  @Test
  void a_database_that_answers_is_ok_and_one_that_was_shut_down_is_down() throws SQLException {
    var database = database("jdbc:h2:mem:health");
    try (var keptOpen = database.getConnection()) {
      assertThat(look(database).httpStatus()).isEqualTo(200);
      try (var statement = keptOpen.createStatement()) {
        statement.execute("SHUTDOWN");
      }
    }
    var gone = look(database("jdbc:h2:mem:health;IFEXISTS=TRUE"));
    assertThat(gone.httpStatus()).isEqualTo(503);
    assertThat(gone.checks().get(0).message()).contains("not found");
  }

  @Test
  void a_wrong_password_is_down_and_not_in_the_message() throws SQLException {
    var database = database("jdbc:h2:mem:locked");
    try (var keptOpen = database.getConnection()) {
      assertThat(keptOpen.isValid(1)).isTrue();
      var stranger = database("jdbc:h2:mem:locked");
      stranger.setPassword("hunter2");
      var report = look(stranger);
      assertThat(report.status()).isEqualTo(HealthStatus.DOWN);
      assertThat(report.toJson()).doesNotContain("hunter2");
    }
  }

  @Test
  void a_connection_that_hangs_is_down_at_its_deadline() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var hangs = database("jdbc:h2:tcp://127.0.0.1:" + silent.getLocalPort() + "/mem:x");
      var report = look(hangs);
      assertThat(report.httpStatus()).isEqualTo(503);
      var check = report.checks().get(0);
      assertThat(check.message()).isEqualTo("no answer within 300ms");
      assertThat(check.latency()).isBetween(Duration.ofMillis(300), Duration.ofSeconds(3));
    }
  }

  private static HealthReport look(JdbcDataSource database) {
    var timer = Executors.newSingleThreadScheduledExecutor();
    var threads = Executors.newCachedThreadPool();
    try {
      return HealthRegistry.create(
              TimeSource.system(timer),
              threads,
              h ->
                  h.check(
                      "database",
                      Duration.ofMillis(300),
                      HealthChecks.jdbc(database).withRetries(0)))
          .report();
    } finally {
      threads.shutdownNow();
      timer.shutdownNow();
    }
  }

  private static JdbcDataSource database(String url) {
    var database = new JdbcDataSource();
    database.setURL(url);
    database.setUser("sa");
    return database;
  }
}
