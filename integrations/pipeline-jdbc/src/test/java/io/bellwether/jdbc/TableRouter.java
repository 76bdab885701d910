package io.bellwether.jdbc;

import io.bellwether.jdbc.internal.Sql;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A router that remembers all it was told in a table, under a fence. */
final class TableRouter implements TrafficRouter {
  private final JdbcDatabase database;
  private final Fence fence;

  TableRouter(JdbcDatabase database, Fence fence) {
    this.database = database;
    this.fence = fence;
  }

  static void createTables(JdbcDatabase database) {
    database.write(
        "the tables of this test",
        connection -> {
          Sql.update(
              connection,
              "create table test_split (seq bigint generated always as identity,"
                  + " stable text, candidate text, weight double precision)");
          return Sql.update(
              connection,
              "create table test_alert (seq bigint generated always as identity, name text)");
        });
  }

  @Override
  public void apply(TrafficSplit split) {
    database.write(
        "a split",
        fence,
        connection ->
            Sql.update(
                connection,
                "insert into test_split (stable, candidate, weight) values (?, ?, ?)",
                split.stable().id(),
                split.candidate().id(),
                split.weight().percent()));
  }

  @Override
  public TrafficSplit read(String release) {
    var splits = applied(database, release);
    return splits.get(splits.size() - 1);
  }

  /** Every split that was applied, by whichever process. */
  static List<TrafficSplit> applied(JdbcDatabase database, String release) {
    return database.read(
        "the splits",
        connection ->
            Sql.list(
                connection,
                "select stable, candidate, weight from test_split order by seq",
                row -> split(release, row)));
  }

  private static TrafficSplit split(String release, ResultSet row) throws SQLException {
    var stable = new Version(row.getString(1));
    var candidate = new Version(row.getString(2));
    return stable.equals(candidate)
        ? TrafficSplit.stable(release, stable)
        : TrafficSplit.weighted(release, stable, candidate, Weight.percent(row.getDouble(3)));
  }
}
