package io.bellwether.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.util.UUID;

/** An empty database for a test, with a pool of connections to it. */
public final class TestDatabase implements AutoCloseable {
  private final HikariDataSource pool;

  private TestDatabase(HikariDataSource pool) {
    this.pool = pool;
  }

  /** Inside this process. */
  public static TestDatabase h2() {
    return at("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", 10);
  }

  /** In the server that all tests share. */
  public static TestDatabase postgres() {
    return at(PostgresServer.shared().freshUrl(), 10);
  }

  /** Of any database. */
  public static TestDatabase at(String url, int connections) {
    var config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(0);
    config.setConnectionTimeout(3_000);
    config.setValidationTimeout(1_000);
    config.setInitializationFailTimeout(-1);
    return new TestDatabase(new HikariDataSource(config));
  }

  public HikariDataSource pool() {
    return pool;
  }

  /** With the tables in it. */
  public JdbcDatabase database() {
    return JdbcDatabase.of(pool).createSchema();
  }

  @Override
  public void close() {
    pool.close();
  }
}
