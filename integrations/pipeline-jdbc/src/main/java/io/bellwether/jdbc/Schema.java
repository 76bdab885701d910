package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Dialect;
import io.bellwether.jdbc.internal.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The library's tables: which version they are of, and how they are made. */
final class Schema {
  /** The version of the tables this library reads and writes. */
  static final int VERSION = 1;

  static final String NEXT_STEP =
      "make the tables with JdbcDatabase.createSchema(), or run the scripts in"
          + " io/bellwether/jdbc/<database> with Flyway, as a user who may create tables";

  private static final Object MAKING = new Object();

  private Schema() {}

  static void check(Transactions transactions) {
    var dialect = transactions.dialect();
    var found = transactions.run("reading the version of the tables", it -> version(it, dialect));
    if (found.isEmpty()) {
      throw new BellwetherException(
          "the database has no tables of this library (no row in bellwether_schema); " + NEXT_STEP);
    }
    refuseOther(found.get());
  }

  /** H2 lives in the process and knows no lock to wait for: there one thread makes them at once. */
  static void create(Transactions transactions) {
    if (transactions.dialect() == Dialect.H2) {
      synchronized (MAKING) {
        make(transactions);
      }
    } else {
      make(transactions);
    }
  }

  private static void make(Transactions transactions) {
    var dialect = transactions.dialect();
    var script = script(dialect.script(VERSION));
    transactions.run(
        "making the tables",
        connection -> {
          dialect.oneAfterTheOther(connection);
          var found = version(connection, dialect);
          if (found.isPresent()) {
            refuseOther(found.get());
          } else {
            for (var statement : statements(script)) {
              try (var it = connection.createStatement()) {
                it.execute(statement);
              }
            }
          }
          return VERSION;
        });
  }

  private static Optional<Integer> version(Connection connection, Dialect dialect)
      throws SQLException {
    return dialect.hasTable(connection, "bellwether_schema")
        ? Sql.first(
            connection,
            "select version from bellwether_schema order by version desc",
            row -> row.getInt(1))
        : Optional.empty();
  }

  private static void refuseOther(int found) {
    if (found > VERSION) {
      throw new BellwetherException(
          "the tables are of version "
              + found
              + ", and this library knows version "
              + VERSION
              + ": a later library has made them; use that one everywhere");
    }
    if (found < VERSION) {
      throw new BellwetherException(
          "the tables are of version "
              + found
              + ", and this library needs version "
              + VERSION
              + "; run the scripts after V"
              + found
              + " that lie in io/bellwether/jdbc/<database>");
    }
  }

  private static String script(String name) {
    try (var stream = Schema.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("no " + name + " beside " + Schema.class);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> statements(String script) {
    var plain = script.replaceAll("(?m)--.*$", "");
    return Stream.of(plain.split(";", -1)).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }
}
