package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutStore;
import io.bellwether.rollout.RunInfo;
import io.bellwether.store.JournalCodec;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers rollouts in a database that many processes share. Thread-safe.
 *
 * <p>Of writers that append to one journal at the same time one wins, also over processes. A store
 * that is {@link #fencedBy} a fence writes only while that is in force.
 *
 * <p>Runs under way are remembered whole; of those that have ended, and of whose end people were
 * told, the last {@value #RUNS_KEPT} of a release are, unless said otherwise; of the versions that
 * became stable the last thousand.
 */
public final class JdbcRolloutStore implements RolloutStore {
  /** How many ended runs of a release are remembered unless said otherwise. */
  public static final int RUNS_KEPT = 10;

  private static final int VERSIONS_KEPT = 1_000;
  private static final int LARGEST = 16 << 20;
  private static final Journals JOURNALS = new Journals("rollout");

  private final JdbcDatabase database;
  private final Optional<Fence> fence;
  private final int runsKept;

  private JdbcRolloutStore(JdbcDatabase database, Optional<Fence> fence, int runsKept) {
    this.database = database;
    this.fence = fence;
    this.runsKept = runsKept;
  }

  /**
   * The store of this database.
   *
   * @throws BellwetherException if its tables are missing or of another version
   */
  public static JdbcRolloutStore of(JdbcDatabase database) {
    return new JdbcRolloutStore(database.checkSchema(), Optional.empty(), RUNS_KEPT);
  }

  /** The same, which writes only while this fence is in force. */
  public JdbcRolloutStore fencedBy(Fence fence) {
    return new JdbcRolloutStore(database, Optional.of(fence), runsKept);
  }

  /**
   * The same, which remembers so many ended runs of a release.
   *
   * @param runs at least 10
   */
  public JdbcRolloutStore keeping(int runs) {
    if (runs < RUNS_KEPT) {
      throw new IllegalArgumentException("runs kept: " + runs + ", expected at least " + RUNS_KEPT);
    }
    return new JdbcRolloutStore(database, fence, runs);
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeposedException if the store is fenced, and its fence no longer in force
   */
  @Override
  public void append(String rollout, long length, List<RolloutEvent> events) {
    if (length == 0 && !events.isEmpty() && !(events.get(0) instanceof RolloutEvent.Accepted)) {
      throw new BellwetherException(
          "journal of " + rollout + " would begin with " + events.get(0) + ", not with Accepted");
    }
    var batch = List.copyOf(events);
    var text = text(rollout, batch);
    database.write(
        "the journal of rollout " + rollout,
        fence,
        connection -> {
          append(connection, rollout, length, batch, text);
          return length;
        });
  }

  private static String text(String rollout, List<RolloutEvent> events) {
    var text = new String(JournalCodec.encode(events), StandardCharsets.US_ASCII);
    if (text.length() > LARGEST) {
      throw new IllegalArgumentException(
          events.size()
              + " events of "
              + rollout
              + " make "
              + text.length()
              + " characters, and the store takes at most "
              + LARGEST
              + "; give the plan, its steps and gates shorter names");
    }
    return text;
  }

  private void append(
      Connection connection, String rollout, long length, List<RolloutEvent> events, String text)
      throws SQLException {
    if (length == 0 && !events.isEmpty()) {
      JOURNALS.begin(connection, rollout, ((RolloutEvent.Accepted) events.get(0)).run().release());
    }
    JOURNALS.append(connection, rollout, length, events.size(), text);
    for (var event : events) {
      if (event instanceof RolloutEvent.Entered entered && isStable(entered.phase())) {
        becameStable(connection, run(connection, rollout));
      } else if (event instanceof RolloutEvent.Announced) {
        announced(connection, rollout);
      }
    }
  }

  private static boolean isStable(Phase phase) {
    return phase == Phase.PROMOTED || phase == Phase.REVERTED;
  }

  private static RunInfo run(Connection connection, String rollout) throws SQLException {
    return ((RolloutEvent.Accepted) journal(connection, rollout).get(0)).run();
  }

  private static void becameStable(Connection connection, RunInfo run) throws SQLException {
    Sql.update(
        connection,
        "delete from bellwether_stable where release = ? and version = ?",
        run.release(),
        run.candidate().id());
    Sql.update(
        connection,
        "insert into bellwether_stable (release, version) values (?, ?)",
        run.release(),
        run.candidate().id());
    Sql.update(
        connection,
        "delete from bellwether_stable where release = ? and seq not in (select seq from"
            + " bellwether_stable where release = ? order by seq desc limit ?)",
        run.release(),
        run.release(),
        VERSIONS_KEPT);
  }

  /** People are told of an end alone; a journal that says so of no end stays open. */
  private void announced(Connection connection, String rollout) throws SQLException {
    var ended =
        journal(connection, rollout).stream()
            .anyMatch(
                event ->
                    event instanceof RolloutEvent.Entered entered && entered.phase().isTerminal());
    if (ended) {
      JOURNALS.done(connection, rollout);
      JOURNALS.forgetBeyond(connection, run(connection, rollout).release(), runsKept, rollout);
    }
  }

  @Override
  public List<RolloutEvent> journal(String rollout) {
    return database.read(
        "the journal of rollout " + rollout, connection -> journal(connection, rollout));
  }

  private static List<RolloutEvent> journal(Connection connection, String rollout)
      throws SQLException {
    return JOURNALS.events(connection, rollout).stream()
        .map(text -> text.getBytes(StandardCharsets.US_ASCII))
        .flatMap(bytes -> JournalCodec.decode(bytes).stream())
        .toList();
  }

  @Override
  public List<String> runs(String release) {
    return database.read(
        "the rollouts of " + release, connection -> JOURNALS.of(connection, release));
  }

  /** The last rollout of each of these releases that has one, read at once. */
  public Map<String, String> lastRuns(Collection<String> releases) {
    return database.read(
        "the last rollouts of " + releases.size() + " releases",
        connection -> {
          var last = new HashMap<String, String>();
          for (var release : releases) {
            JOURNALS.last(connection, release).ifPresent(run -> last.put(release, run));
          }
          return last;
        });
  }

  @Override
  public List<String> unfinished() {
    return database.read("the unfinished rollouts", JOURNALS::open);
  }

  @Override
  public List<Version> stableVersions(String release) {
    return database.read(
        "the stable versions of " + release,
        connection ->
            Sql.list(
                connection,
                "select version from bellwether_stable where release = ? order by seq desc",
                row -> new Version(row.getString(1)),
                release));
  }

  @Override
  public boolean durable() {
    return true;
  }

  /** For example {@code rollouts in PostgreSQL}. */
  @Override
  public String toString() {
    return "rollouts in " + database;
  }
}
