package io.bellwether.fleet;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.internal.Sql;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements about what replicas publish and about the sums of it. */
final class EvidenceRows {
  private final Tables tables;

  EvidenceRows(Tables tables) {
    this.tables = tables;
  }

  /** A replica's publication. */
  record Published(String replica, long number, boolean counted, Publication publication) {}

  /** The sum of one version in one closed slot. */
  record Sum(String version, long slot, long revision, Counts counts) {}

  /** What a closing has to write, in one transaction. */
  record Closing(
      List<SlotLedger.Closed> slots,
      long closedForAll,
      Map<String, Long> numbers,
      Map<String, Long> late,
      Map<String, Long> done) {}

  void publish(String replica, long number, Publication publication) {
    tables
        .database()
        .write(
            "what replica " + replica + " publishes",
            connection ->
                Sql.update(
                    connection,
                    "insert into bellwether_publication (fleet, replica, number, body)"
                        + " values (?, ?, ?, ?)",
                    tables.fleet(),
                    replica,
                    number,
                    publication.toBytes()));
  }

  /** The last number a replica has published under; 0 for none that is known. */
  long published(String replica) {
    return tables
        .database()
        .read(
            "what replica " + replica + " has published",
            connection ->
                Sql.first(
                    connection,
                    "select coalesce(max(number), 0) from bellwether_publication where fleet = ?"
                        + " and replica = ?",
                    row -> row.getLong(1),
                    tables.fleet(),
                    replica))
        .orElse(0L);
  }

  /** All that is not known yet; all that there is for a ledger that knows nothing. */
  List<Published> since(Map<String, Long> numbers) {
    var least = numbers.isEmpty() ? "" : " and p.number > r.gathered";
    return tables
        .database()
        .read(
            "what replicas of " + tables.fleet() + " have published",
            connection ->
                Sql.list(
                    connection,
                    "select p.replica, p.number, p.number <= r.gathered, p.body"
                        + " from bellwether_publication p join bellwether_replica r"
                        + " on r.fleet = p.fleet and r.id = p.replica where p.fleet = ?"
                        + least
                        + " order by p.replica, p.number",
                    row ->
                        new Published(
                            row.getString(1),
                            row.getLong(2),
                            row.getBoolean(3),
                            Publication.parse(row.getBytes(4))),
                    tables.fleet()));
  }

  /** Slots before this one are closed for every release. */
  long closedForAll() {
    return tables
        .database()
        .read(
            "fleet " + tables.fleet(),
            connection ->
                Sql.first(
                    connection,
                    "select closed_to from bellwether_fleet where name = ?",
                    row -> row.getLong(1),
                    tables.fleet()))
        .orElseThrow();
  }

  /** For each release the slot after the last one there is a sum of. */
  Map<String, Long> closedTo() {
    return tables
        .database()
        .read(
            "sums of " + tables.fleet(),
            connection -> {
              var closed = new HashMap<String, Long>();
              Sql.list(
                  connection,
                  "select release, max(slot) from bellwether_evidence where fleet = ?"
                      + " group by release",
                  row -> closed.put(row.getString(1), row.getLong(2) + 1),
                  tables.fleet());
              return closed;
            });
  }

  /** The sums of a release from this slot on, oldest first. */
  List<Sum> sums(String release, long from) {
    return tables
        .database()
        .read(
            "sums of '" + release + "'",
            connection ->
                Sql.list(
                    connection,
                    "select version, slot, revision, body from bellwether_evidence"
                        + " where fleet = ? and release = ? and slot >= ? order by slot",
                    row ->
                        new Sum(
                            row.getString(1),
                            row.getLong(2),
                            row.getLong(3),
                            counts(row.getBytes(4))),
                    tables.fleet(),
                    release,
                    from));
  }

  void close(Fence fence, Closing closing) {
    tables
        .database()
        .write(
            "sums of " + tables.fleet(),
            fence,
            connection -> {
              insert(connection, closing.slots());
              Sql.update(
                  connection,
                  "update bellwether_fleet set closed_to = ? where name = ?",
                  closing.closedForAll(),
                  tables.fleet());
              gathered(connection, closing.numbers(), closing.late());
              delete(connection, closing.done());
              return closing;
            });
  }

  private void insert(Connection connection, List<SlotLedger.Closed> slots) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "insert into bellwether_evidence (fleet, release, slot, version, revision, body)"
                + " values (?, ?, ?, ?, ?, ?)")) {
      for (var slot : slots) {
        for (var entry : slot.counts().entrySet()) {
          var key = entry.getKey();
          add(
              statement,
              tables.fleet(),
              slot.release(),
              slot.slot(),
              key.version(),
              key.revision(),
              bytes(entry.getValue()));
        }
      }
      statement.executeBatch();
    }
  }

  private void gathered(Connection connection, Map<String, Long> numbers, Map<String, Long> late)
      throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "update bellwether_replica set gathered = ?, late = late + ? where fleet = ?"
                + " and id = ?")) {
      for (var entry : numbers.entrySet()) {
        add(
            statement,
            entry.getValue(),
            late.getOrDefault(entry.getKey(), 0L),
            tables.fleet(),
            entry.getKey());
      }
      statement.executeBatch();
    }
  }

  private void delete(Connection connection, Map<String, Long> done) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "delete from bellwether_publication where fleet = ? and replica = ?"
                + " and number <= ?")) {
      for (var entry : done.entrySet()) {
        add(statement, tables.fleet(), entry.getKey(), entry.getValue());
      }
      statement.executeBatch();
    }
  }

  /**
   * Forgets sums of slots before this one, the oldest first.
   *
   * @return how many it has forgotten, no more than this
   */
  int forget(Fence fence, long slot, int most) {
    return tables
        .database()
        .write(
            "old sums of " + tables.fleet(),
            fence,
            connection ->
                Sql.update(
                    connection,
                    "delete from bellwether_evidence where fleet = ?"
                        + " and (release, slot, version, revision) in"
                        + " (select release, slot, version, revision from bellwether_evidence"
                        + " where fleet = ? and slot < ? order by slot limit ?)",
                    tables.fleet(),
                    tables.fleet(),
                    slot,
                    most));
  }

  /** Forgets processes that have left and of which everything is in the sums. */
  void forgetLeft(Fence fence, Collection<String> ids) {
    tables
        .database()
        .write(
            "replicas of " + tables.fleet() + " that have left",
            fence,
            connection -> {
              for (var id : ids) {
                Sql.update(
                    connection,
                    "delete from bellwether_replica where fleet = ? and id = ?",
                    tables.fleet(),
                    id);
              }
              return ids;
            });
  }

  private static void add(PreparedStatement statement, Object... parameters) throws SQLException {
    for (var i = 0; i < parameters.length; i++) {
      statement.setObject(i + 1, parameters[i]);
    }
    statement.addBatch();
  }

  private static byte[] bytes(Counts counts) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      counts.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Counts counts(byte[] bytes) {
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return Counts.read(in);
    } catch (IOException e) {
      throw new BellwetherException("a sum of the fleet is cut short", e);
    }
  }
}
