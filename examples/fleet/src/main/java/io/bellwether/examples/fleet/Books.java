package io.bellwether.examples.fleet;

import com.zaxxer.hikari.HikariDataSource;
import io.bellwether.BellwetherException;
import io.bellwether.jdbc.JdbcDatabase;
import io.bellwether.jdbc.JdbcRolloutStore;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What the database says of the fleet, read past all proxies. */
final class Books {
  private final String url;

  Books(String url) {
    this.url = url;
  }

  /** Who leads, and under which number. */
  record Leader(String holder, long fence) {
    int replica() {
      return Integer.parseInt(holder.replaceAll("replica-(\\d+)#.*", "$1")) - 1;
    }
  }

  void create() {
    try (var connection = DriverManager.getConnection(url);
        var statement = connection.createStatement()) {
      statement.execute("create table example_alert (name text, text text)");
    } catch (SQLException e) {
      throw new BellwetherException("the example's table cannot be made", e);
    }
  }

  /** Empty while the database is away, or nobody leads. */
  Optional<Leader> leader() {
    try (var connection = DriverManager.getConnection(url);
        var query =
            connection.prepareStatement(
                "select holder, fence from bellwether_lease"
                    + " where name = ? and expires_at > clock_timestamp()")) {
      query.setString(1, ReplicaProgram.FLEET);
      try (var rows = query.executeQuery()) {
        return rows.next()
            ? Optional.of(new Leader(rows.getString(1), rows.getLong(2)))
            : Optional.empty();
      }
    } catch (SQLException e) {
      return Optional.empty();
    }
  }

  /** The states of all runs that are kept, latest first, each replayed from its journal. */
  List<RolloutState> rollouts() {
    try (var pool = pool()) {
      var store = JdbcRolloutStore.of(JdbcDatabase.of(pool));
      return store.runs("chat").stream()
          .map(run -> RolloutEvent.replay(store.journal(run)))
          .toList();
    }
  }

  /** Whether people were told of every end. */
  boolean isNothingOpen() {
    try (var pool = pool()) {
      return JdbcRolloutStore.of(JdbcDatabase.of(pool)).unfinished().isEmpty();
    }
  }

  private HikariDataSource pool() {
    var pool = new HikariDataSource();
    pool.setJdbcUrl(url);
    pool.setMaximumPoolSize(1);
    return pool;
  }

  /** The alerts of a run's end, by their names, once for each time somebody was told. */
  List<String> endsTold(String run) {
    var found = new ArrayList<String>();
    try (var connection = DriverManager.getConnection(url);
        var query =
            connection.prepareStatement("select name from example_alert where name like ?")) {
      query.setString(1, run + "/rollout_%");
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          found.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new BellwetherException("the alerts cannot be read", e);
    }
    return found.stream()
        .filter(
            name ->
                Stream.of("promoted", "rolled_back", "rollback_failed", "refused")
                    .anyMatch(end -> name.endsWith("/rollout_" + end)))
        .toList();
  }
}
