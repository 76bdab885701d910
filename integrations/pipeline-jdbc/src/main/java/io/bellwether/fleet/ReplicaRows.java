package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The statements about a fleet's replicas. */
final class ReplicaRows {
  private final Tables tables;

  ReplicaRows(Tables tables) {
    this.tables = tables;
  }

  /**
   * What the database says to a replica.
   *
   * @param now its time
   * @param revision of the split that was changed last
   */
  record Heard(Instant now, long revision) {}

  /** A split that a replica could not apply. */
  record Refusal(String replica, long revision, String reason) {}

  /** Makes the fleet's row, unless there is one. */
  void found(long blockMillis) {
    var known =
        tables
            .database()
            .write(
                "fleet " + tables.fleet(),
                connection -> {
                  insertFleet(connection, blockMillis);
                  return Sql.first(
                      connection,
                      "select block_millis from bellwether_fleet where name = ?",
                      row -> row.getLong(1),
                      tables.fleet());
                });
    if (known.orElseThrow() != blockMillis) {
      throw new BellwetherException(
          "fleet "
              + tables.fleet()
              + " counts in blocks of "
              + known.orElseThrow()
              + " ms, and this replica in blocks of "
              + blockMillis
              + " ms; give every replica the same block(..), or the fleet another name");
    }
  }

  private void insertFleet(Connection connection, long blockMillis) throws SQLException {
    var before = connection.setSavepoint();
    try {
      Sql.update(
          connection,
          "insert into bellwether_fleet (name, revision, block_millis, closed_to) values (?, 0, ?, 0)",
          tables.fleet(),
          blockMillis);
    } catch (SQLException e) {
      if (!SqlFailure.isDuplicate(e)) {
        throw e;
      }
      connection.rollback(before);
    }
  }

  /** A new process, which serves nothing that is known of yet. */
  void join(String id, String name, long gathered) {
    tables
        .database()
        .write(
            "replica " + name,
            connection ->
                Sql.update(
                    connection,
                    "insert into bellwether_replica (fleet, id, name, heard_at, served, gathered,"
                        + " late) values (?, ?, ?, "
                        + tables.now()
                        + ", 0, ?, 0)",
                    tables.fleet(),
                    id,
                    name,
                    gathered));
  }

  /** It is alive and serves this; empty if the fleet has forgotten it. */
  Optional<Heard> hear(String id, long served) {
    return tables
        .database()
        .write(
            "replica " + id,
            connection ->
                Sql.update(
                            connection,
                            "update bellwether_replica set heard_at = "
                                + tables.now()
                                + ", served = ? where fleet = ? and id = ?",
                            served,
                            tables.fleet(),
                            id)
                        == 0
                    ? Optional.<Heard>empty()
                    : Sql.first(
                        connection,
                        "select "
                            + tables.now()
                            + ", revision from bellwether_fleet where name = ?",
                        row ->
                            new Heard(
                                row.getObject(1, OffsetDateTime.class).toInstant(), row.getLong(2)),
                        tables.fleet()));
  }

  /** What it has published stays until it is in the sums. */
  void leave(String id) {
    tables
        .database()
        .write(
            "replica " + id,
            connection ->
                Sql.update(
                    connection,
                    "update bellwether_replica set served = ? where fleet = ? and id = ?",
                    Member.LEFT,
                    tables.fleet(),
                    id));
  }

  List<Member> members() {
    return tables
        .database()
        .read(
            "replicas of " + tables.fleet(),
            connection ->
                Sql.list(
                    connection,
                    "select id, name, heard_at, served, gathered, late, "
                        + tables.now()
                        + " from bellwether_replica where fleet = ? order by name, id",
                    row -> {
                      var heard = row.getObject(3, OffsetDateTime.class);
                      var now = row.getObject(7, OffsetDateTime.class);
                      return new Member(
                          row.getString(1),
                          row.getString(2),
                          Duration.between(heard, now),
                          row.getLong(4),
                          row.getLong(5),
                          row.getLong(6));
                    },
                    tables.fleet()));
  }

  void refuse(String id, String release, long revision, String reason) {
    tables
        .database()
        .write(
            "a split that " + id + " cannot apply",
            connection -> {
              Sql.update(
                  connection,
                  "delete from bellwether_refusal where fleet = ? and replica = ? and release = ?",
                  tables.fleet(),
                  id,
                  release);
              return Sql.update(
                  connection,
                  "insert into bellwether_refusal (fleet, replica, release, revision, reason)"
                      + " values (?, ?, ?, ?, ?)",
                  tables.fleet(),
                  id,
                  release,
                  revision,
                  reason);
            });
  }

  /** By release. */
  Map<String, List<Refusal>> refusals() {
    return tables
        .database()
        .read(
            "refused splits of " + tables.fleet(),
            connection -> {
              var refusals = new HashMap<String, List<Refusal>>();
              Sql.list(
                  connection,
                  "select release, replica, revision, reason from bellwether_refusal"
                      + " where fleet = ?",
                  row ->
                      refusals.merge(
                          row.getString(1),
                          List.of(new Refusal(row.getString(2), row.getLong(3), row.getString(4))),
                          ReplicaRows::both),
                  tables.fleet());
              return refusals;
            });
  }

  private static <T> List<T> both(List<T> these, List<T> those) {
    return Stream.concat(these.stream(), those.stream()).toList();
  }

  /** Forgets processes that ended without a word. */
  void forget(Fence fence, Instant heardBefore) {
    tables
        .database()
        .write(
            "replicas of " + tables.fleet() + " that are gone",
            fence,
            connection ->
                Sql.update(
                    connection,
                    "delete from bellwether_replica where fleet = ? and heard_at < ?",
                    tables.fleet(),
                    heardBefore.atOffset(ZoneOffset.UTC)));
  }
}
