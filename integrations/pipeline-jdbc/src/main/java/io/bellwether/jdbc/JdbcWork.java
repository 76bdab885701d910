package io.bellwether.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * What is done inside one transaction. It may be run again from its beginning, so it changes
 * nothing but the database.
 *
 * @param <T> what comes of it
 */
@FunctionalInterface
public interface JdbcWork<T> {
  /**
   * Does it.
   *
   * @param connection in a transaction; neither to be committed nor to be closed
   * @throws SQLException what the database throws
   */
  T run(Connection connection) throws SQLException;
}
