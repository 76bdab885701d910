package io.bellwether.benchmarks.fleet;

import io.bellwether.jdbc.JdbcDatabase;

/**
 * What the database has done so far.
 *
 * @param statements that the library has prepared, a batch counting as one
 * @param commits of transactions
 * @param written rows inserted, updated or deleted
 * @param read rows fetched
 * @param logged bytes of the write-ahead log
 */
record Figures(long statements, long commits, long written, long read, long logged) {
  static Figures read(JdbcDatabase database, CountingSource source) {
    return source.uncounted(
        () ->
            database.read(
                "figures",
                connection -> {
                  try (var statement = connection.createStatement();
                      var row =
                          statement.executeQuery(
                              "select xact_commit, tup_inserted + tup_updated + tup_deleted,"
                                  + " tup_fetched, pg_current_wal_lsn() - '0/0'::pg_lsn"
                                  + " from pg_stat_database where datname = current_database()")) {
                    row.next();
                    return new Figures(
                        source.statements(),
                        row.getLong(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4));
                  }
                }));
  }

  Figures minus(Figures before) {
    return new Figures(
        statements - before.statements,
        commits - before.commits,
        written - before.written,
        read - before.read,
        logged - before.logged);
  }

  void say(int rollouts, int replicas, double minutes) {
    FleetScale.say(
        "%d replicas, %d rollouts: %.0f statements, %.0f transactions, %.0f rows written, %.0f rows"
            + " read, %.1f MB of log a minute",
        replicas,
        rollouts,
        statements / minutes,
        commits / minutes,
        written / minutes,
        read / minutes,
        logged / minutes / 1e6);
    FleetScale.say(
        "of a rollout: %.1f statements, %.1f rows written, %.1f rows read, %.1f kB of log a minute",
        statements / minutes / rollouts,
        written / minutes / rollouts,
        read / minutes / rollouts,
        logged / minutes / rollouts / 1e3);
  }
}
