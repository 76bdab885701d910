package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.store.JournalCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * The statements about how a fleet's traffic is divided. Each change takes the next revision under
 * a lock of the fleet's row, so that whoever sees a revision sees all before it.
 */
final class SplitRows {
  private static final String SELECT =
      "select split, revision, slow_nanos, slow_of, slow_since, split_since from bellwether_split"
          + " where fleet = ?";

  private final Tables tables;

  SplitRows(Tables tables) {
    this.tables = tables;
  }

  /** Every release whose split has changed after this revision, in the order of the changes. */
  List<SplitRow> since(long revision) {
    return tables
        .database()
        .read(
            "splits of " + tables.fleet(),
            connection ->
                Sql.list(
                    connection,
                    SELECT + " and revision > ? order by revision",
                    SplitRows::row,
                    tables.fleet(),
                    revision));
  }

  /** Divides a release's traffic like this from now on. */
  SplitRow write(Fence fence, TrafficSplit split) {
    return tables
        .database()
        .write(
            "the split of '" + split.release() + "'",
            fence,
            connection -> {
              var revision = next(connection);
              var changed =
                  Sql.update(
                      connection,
                      "update bellwether_split set split = ?, revision = ?, split_since = ?"
                          + " where fleet = ? and release = ?",
                      text(split),
                      revision,
                      revision,
                      tables.fleet(),
                      split.release());
              if (changed == 0) {
                insert(connection, split, revision);
              }
              tables.tell(connection, Tables.News.SPLIT);
              return find(connection, split.release());
            });
  }

  private void insert(Connection connection, TrafficSplit split, long revision)
      throws SQLException {
    Sql.update(
        connection,
        "insert into bellwether_split (fleet, release, revision, split, slow_nanos, slow_of,"
            + " slow_since, split_since) values (?, ?, ?, ?, 0, '', 0, ?)",
        tables.fleet(),
        split.release(),
        revision,
        text(split),
        revision);
  }

  /** Requests that take longer count as slow from now on, for the comparison with a candidate. */
  SplitRow slow(Fence fence, String release, String candidate, long nanos) {
    return tables
        .database()
        .write(
            "what is slow of '" + release + "'",
            fence,
            connection -> {
              var revision = next(connection);
              Sql.update(
                  connection,
                  "update bellwether_split set revision = ?, slow_nanos = ?, slow_of = ?,"
                      + " slow_since = ? where fleet = ? and release = ?",
                  revision,
                  nanos,
                  candidate,
                  revision,
                  tables.fleet(),
                  release);
              tables.tell(connection, Tables.News.SPLIT);
              return find(connection, release);
            });
  }

  private long next(Connection connection) throws SQLException {
    Sql.update(
        connection,
        "update bellwether_fleet set revision = revision + 1 where name = ?",
        tables.fleet());
    return Sql.first(
            connection,
            "select revision from bellwether_fleet where name = ?",
            row -> row.getLong(1),
            tables.fleet())
        .orElseThrow();
  }

  private SplitRow find(Connection connection, String release) throws SQLException {
    return Sql.first(
            connection, SELECT + " and release = ?", SplitRows::row, tables.fleet(), release)
        .orElseThrow();
  }

  private static SplitRow row(ResultSet row) throws SQLException {
    return new SplitRow(
        split(row.getString(1)),
        row.getLong(2),
        new SplitRow.Slow(row.getLong(3), row.getString(4), row.getLong(5)),
        row.getLong(6));
  }

  /** In the form a journal keeps a split in. */
  private static String text(TrafficSplit split) {
    var moved = new RolloutEvent.Moved(Instant.EPOCH, split);
    return new String(JournalCodec.encode(List.of(moved)), StandardCharsets.US_ASCII);
  }

  private static TrafficSplit split(String text) {
    var events = JournalCodec.decode(text.getBytes(StandardCharsets.US_ASCII));
    return ((RolloutEvent.Moved) events.get(0)).split();
  }
}
