package io.bellwether.jdbc;

import io.bellwether.jdbc.internal.Hash;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.slo.BudgetRecord;
import io.bellwether.slo.BudgetRecordCodec;
import io.bellwether.slo.BudgetStore;
import java.util.List;
import java.util.Optional;

/**
 * Remembers the error budgets of one service in a database: daily sums, the ledger, deploys and
 * overrides. Thread-safe, also over processes; those that count the same SLO's events need one that
 * sums them, or a fence.
 */
public final class JdbcBudgetStore implements BudgetStore {
  private final JdbcDatabase database;
  private final Optional<Fence> fence;
  private final String service;

  private JdbcBudgetStore(JdbcDatabase database, Optional<Fence> fence, String service) {
    this.database = database;
    this.fence = fence;
    this.service = service;
  }

  /**
   * A service's store.
   *
   * @param service its name among all that use this database
   * @throws io.bellwether.BellwetherException if the tables are missing or of another version
   */
  public static JdbcBudgetStore of(JdbcDatabase database, String service) {
    return new JdbcBudgetStore(database.checkSchema(), Optional.empty(), service);
  }

  /** The same, which writes only while this fence is in force. */
  public JdbcBudgetStore fencedBy(Fence fence) {
    return new JdbcBudgetStore(database, Optional.of(fence), service);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeposedException if the store is fenced, and its fence no longer in force
   */
  @Override
  public void append(BudgetRecord record) {
    var name = Hash.of(BudgetRecordCodec.key(record));
    var bytes = BudgetRecordCodec.encode(record);
    database.write(
        "the budgets of " + service,
        fence,
        connection -> {
          var replaced =
              Sql.update(
                  connection,
                  "update bellwether_budget set record = ? where service = ? and name = ?",
                  bytes,
                  service,
                  name);
          return replaced == 1
              ? replaced
              : Sql.update(
                  connection,
                  "insert into bellwether_budget (service, name, record) values (?, ?, ?)",
                  service,
                  name,
                  bytes);
        });
  }

  @Override
  public List<BudgetRecord> records() {
    return database.read(
        "the budgets of " + service,
        connection ->
            Sql.list(
                connection,
                "select record from bellwether_budget where service = ? order by seq",
                row -> BudgetRecordCodec.decode(row.getBytes(1)),
                service));
  }

  /** For example {@code budgets of chat in PostgreSQL}. */
  @Override
  public String toString() {
    return "budgets of " + service + " in " + database;
  }
}
