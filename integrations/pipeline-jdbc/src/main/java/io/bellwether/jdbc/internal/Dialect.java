package io.bellwether.jdbc.internal;

import io.bellwether.BellwetherException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Stream;

/** What databases write differently. */
public enum Dialect {
  /** PostgreSQL, from version 12 on. */
  POSTGRESQL("PostgreSQL", "clock_timestamp()", "clock_timestamp() + ? * interval '1 millisecond'"),

  /** H2, from version 2 on. */
  H2("H2", "current_timestamp", "dateadd(millisecond, ?, current_timestamp)");

  /** The advisory lock of those who make the tables. */
  private static final long MAKING = 7_235_552_104L;

  private final String product;
  private final String now;
  private final String later;

  Dialect(String product, String now, String later) {
    this.product = product;
    this.now = now;
    this.later = later;
  }

  /**
   * The dialect of a connection.
   *
   * @throws BellwetherException if the database is none of these
   */
  public static Dialect of(Connection connection) throws SQLException {
    var product = connection.getMetaData().getDatabaseProductName();
    return Stream.of(values())
        .filter(dialect -> dialect.product.equals(product))
        .findFirst()
        .orElseThrow(
            () ->
                new BellwetherException(
                    "the data source leads to a database named "
                        + product
                        + ", expected PostgreSQL or H2; give one of these"));
  }

  /** As the database calls itself. */
  public String product() {
    return product;
  }

  /** An SQL expression for this moment by the database's clock. */
  public String now() {
    return now;
  }

  /** An SQL expression, with one parameter, for so many milliseconds after this moment. */
  public String later() {
    return later;
  }

  /** The end of a query whose rows nobody is to change until the transaction is over. */
  public String keepingRows() {
    return this == H2 ? " for update" : " for share";
  }

  /** Where the script of this version lies beside {@code JdbcDatabase}. */
  public String script(int version) {
    return name().toLowerCase(Locale.ROOT) + "/V" + version + "__bellwether.sql";
  }

  /**
   * Bounds what the transaction that has just begun may take. The server gives up its locks then,
   * also those of a client that has gone silent.
   */
  public void begin(Connection connection, Duration timeout) throws SQLException {
    if (this == POSTGRESQL) {
      var millis = Long.toString(timeout.toMillis());
      Sql.first(
          connection,
          "select set_config('statement_timeout', ?, true),"
              + " set_config('idle_in_transaction_session_timeout', ?, true)",
          row -> row.getString(1),
          millis,
          millis);
    }
  }

  /** Whether there is a table of this name, where the connection looks for it. */
  public boolean hasTable(Connection connection, String name) throws SQLException {
    var sql =
        switch (this) {
          case POSTGRESQL -> "select 1 where to_regclass(?) is not null";
          case H2 ->
              "select 1 from information_schema.tables"
                  + " where table_schema = current_schema and upper(table_name) = upper(?)";
        };
    return Sql.first(connection, sql, row -> true, name).isPresent();
  }

  /**
   * Lets those who make the tables at once do it one after the other. H2 has no such lock; its
   * script may be run twice, though not at the same time.
   */
  public void oneAfterTheOther(Connection connection) throws SQLException {
    if (this == POSTGRESQL) {
      Sql.first(connection, "select pg_advisory_xact_lock(?)", row -> true, MAKING);
    }
  }

  /** How long an answer is waited for on the network; what it was before. */
  public int patience(Connection connection, int millis) throws SQLException {
    if (this == H2) {
      return 0;
    }
    var before = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, millis);
    return before;
  }
}
