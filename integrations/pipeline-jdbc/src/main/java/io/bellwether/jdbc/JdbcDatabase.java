package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Dialect;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The host's database with the library's tables in it, whose names all begin with {@code
 * bellwether_}. Thread-safe; holds no connection between two calls.
 *
 * <p>Transactions are short, and bounded: the server gives a statement and a silent client the
 * {@link #timeout}, the client waits one second more for an answer. A pool of a few connections
 * will do; its own wait for a connection comes on top, so set that to a few seconds. The data
 * source must not take part in transactions of somebody else.
 *
 * <p>What fails because of another transaction, or because a connection of the pool had died, is
 * tried again at once, {@value #ATTEMPTS} times in all; not when the connection is lost while a
 * change is committed: then the call throws, and the change was made whole or not at all.
 */
public final class JdbcDatabase {
  /** How often something is tried at most. */
  public static final int ATTEMPTS = 3;

  /** What the database may take for one statement unless said otherwise. */
  public static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final Dialect dialect;

  private JdbcDatabase(Transactions transactions) {
    this.transactions = transactions;
    dialect = transactions.dialect();
  }

  /**
   * The database behind a data source. Its tables are checked by the first store that uses them, or
   * by {@link #checkSchema}.
   *
   * @param source bounds the wait for a connection, as a pool does, or a driver's own with {@code
   *     setLoginTimeout}: some wait for ever for a server that accepts and says nothing
   * @throws BellwetherException if it does not answer, or is neither PostgreSQL nor H2
   */
  public static JdbcDatabase of(DataSource source) {
    return new JdbcDatabase(Transactions.on(source, TIMEOUT));
  }

  /**
   * The same with another time a statement may take.
   *
   * @param timeout at least 100 ms; shorter than the deadline of whoever calls
   */
  public JdbcDatabase withTimeout(Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(100)) < 0
        || timeout.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new IllegalArgumentException(
          "timeout of a statement: " + timeout + ", expected 100 ms to 10 minutes");
    }
    return new JdbcDatabase(transactions.withTimeout(timeout));
  }

  /** What the database may take for one statement. */
  public Duration timeout() {
    return transactions.timeout();
  }

  /** The database's name for itself: {@code PostgreSQL} or {@code H2}. */
  public String product() {
    return dialect.product();
  }

  /**
   * Makes the tables if there are none, and does nothing if there are. For those who use Flyway or
   * the like the same scripts lie in the jar, {@code io/bellwether/jdbc/postgresql} and {@code h2}.
   *
   * @throws BellwetherException if the tables that are there are of another version, or may not be
   *     made
   */
  public JdbcDatabase createSchema() {
    Schema.create(transactions);
    return this;
  }

  /**
   * Looks whether the tables are those of this version of the library.
   *
   * @throws BellwetherException if they are missing, older or newer; it says what to do
   */
  public JdbcDatabase checkSchema() {
    Schema.check(transactions);
    return this;
  }

  /**
   * Reads something, in one transaction.
   *
   * @param what is done, for people: {@code "the journal of run-1"}
   * @throws BellwetherException if the database fails or does not answer in time
   */
  public <T> T read(String what, JdbcWork<T> work) {
    return transactions.run("reading " + what, work);
  }

  /**
   * Changes something, in one transaction.
   *
   * @param what is changed, for people
   * @throws BellwetherException if the database fails or does not answer in time; then it was
   *     changed whole or not at all
   * @throws IllegalArgumentException if the database can never keep it, such as a character it has
   *     no place for
   */
  public <T> T write(String what, JdbcWork<T> work) {
    return transactions.run("writing " + what, work);
  }

  /**
   * Changes something in one transaction that goes through only while the fence is in force:
   * whoever takes the lease next waits until it is over, and afterwards it is refused.
   *
   * @param what is changed, for people
   * @throws DeposedException if the fence is no longer in force; nothing has changed
   * @throws BellwetherException as {@link #write(String, JdbcWork)}
   */
  public <T> T write(String what, Fence fence, JdbcWork<T> work) {
    return write(
        what,
        connection -> {
          if (!Leases.inForce(connection, dialect, fence)) {
            throw new DeposedException(what, fence);
          }
          return work.run(connection);
        });
  }

  <T> T write(String what, Optional<Fence> fence, JdbcWork<T> work) {
    return fence.isPresent() ? write(what, fence.get(), work) : write(what, work);
  }

  Dialect dialect() {
    return dialect;
  }

  /** For example {@code PostgreSQL}. */
  @Override
  public String toString() {
    return product();
  }
}
