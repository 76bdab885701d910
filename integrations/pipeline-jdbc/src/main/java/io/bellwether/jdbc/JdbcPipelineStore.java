package io.bellwether.jdbc;

import io.bellwether.BellwetherException;
import io.bellwether.pipeline.PipelineEvent;
import io.bellwether.pipeline.run.PipelineEventCodec;
import io.bellwether.pipeline.run.PipelineStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Remembers pipeline runs in a database that many processes share; of a pipeline's ended runs the
 * last {@value #RUNS_KEPT}. Thread-safe.
 */
public final class JdbcPipelineStore implements PipelineStore {
  /** How many ended runs of a pipeline are remembered. */
  public static final int RUNS_KEPT = 100;

  private static final Journals JOURNALS = new Journals("pipeline");

  private final JdbcDatabase database;
  private final Optional<Fence> fence;

  private JdbcPipelineStore(JdbcDatabase database, Optional<Fence> fence) {
    this.database = database;
    this.fence = fence;
  }

  /**
   * The store of this database.
   *
   * @throws BellwetherException if its tables are missing or of another version
   */
  public static JdbcPipelineStore of(JdbcDatabase database) {
    return new JdbcPipelineStore(database.checkSchema(), Optional.empty());
  }

  /** The same, which writes only while this fence is in force. */
  public JdbcPipelineStore fencedBy(Fence fence) {
    return new JdbcPipelineStore(database, Optional.of(fence));
  }

  /**
   * {@inheritDoc}
   *
   * @throws DeposedException if the store is fenced, and its fence no longer in force
   */
  @Override
  public void append(String run, long length, List<PipelineEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    if (length == 0 && !(events.get(0) instanceof PipelineEvent.Accepted)) {
      throw new BellwetherException("the journal of run '" + run + "' has to begin with Accepted");
    }
    var batch = List.copyOf(events);
    database.write(
        "the journal of pipeline run " + run,
        fence,
        connection -> {
          append(connection, run, length, batch);
          return length;
        });
  }

  private static void append(
      Connection connection, String run, long length, List<PipelineEvent> events)
      throws SQLException {
    if (length == 0) {
      JOURNALS.begin(connection, run, ((PipelineEvent.Accepted) events.get(0)).pipeline());
    }
    JOURNALS.append(connection, run, length, events.size(), PipelineEventCodec.encode(events));
    if (events.get(events.size() - 1) instanceof PipelineEvent.Finished) {
      JOURNALS.done(connection, run);
      var owner = JOURNALS.head(connection, run).map(Journals.Head::owner).orElse("");
      JOURNALS.forgetBeyond(connection, owner, RUNS_KEPT, run);
    }
  }

  @Override
  public List<PipelineEvent> journal(String run) {
    return database.read(
        "the journal of pipeline run " + run,
        connection ->
            JOURNALS.events(connection, run).stream()
                .flatMap(text -> PipelineEventCodec.decode(text).stream())
                .toList());
  }

  @Override
  public List<String> runs(String pipeline) {
    return database.read(
        "the runs of pipeline " + pipeline, connection -> JOURNALS.of(connection, pipeline));
  }

  @Override
  public List<String> unfinished() {
    return database.read("the unfinished pipeline runs", JOURNALS::open);
  }

  @Override
  public boolean durable() {
    return true;
  }

  /** For example {@code pipelines in PostgreSQL}. */
  @Override
  public String toString() {
    return "pipelines in " + database;
  }
}
