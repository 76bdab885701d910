package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The statements about commands. An answer is kept as the run's id, a line break and the words. */
final class CommandRows {
  private final Tables tables;

  CommandRows(Tables tables) {
    this.tables = tables;
  }

  /** Hands it to the leader; a command of this id that is there already stays as it is. */
  void give(Command command) {
    tables
        .database()
        .write(
            "command: " + command,
            connection -> {
              var before = connection.setSavepoint();
              try {
                Sql.update(
                    connection,
                    "insert into bellwether_command (fleet, id, release, kind, version, actor,"
                        + " reason, given_at, outcome, answer) values (?, ?, ?, ?, ?, ?, ?, "
                        + tables.now()
                        + ", 'OPEN', '')",
                    tables.fleet(),
                    command.id(),
                    command.release(),
                    command.kind().name(),
                    command.version(),
                    command.actor(),
                    command.reason());
              } catch (SQLException e) {
                if (!SqlFailure.isDuplicate(e)) {
                  throw e;
                }
                connection.rollback(before);
              }
              tables.tell(connection, Tables.News.COMMAND);
              return command;
            });
  }

  Command.Result result(String id) {
    return tables
        .database()
        .read(
            "answer to command " + id,
            connection ->
                Sql.first(
                    connection,
                    "select outcome, answer from bellwether_command where fleet = ? and id = ?",
                    row -> result(row.getString(1), row.getString(2)),
                    tables.fleet(),
                    id))
        .orElse(new Command.Result(Command.Outcome.OPEN, "", ""));
  }

  private static Command.Result result(String outcome, String answer) {
    var end = answer.indexOf('\n');
    return new Command.Result(
        Command.Outcome.valueOf(outcome),
        end < 0 ? "" : answer.substring(0, end),
        answer.substring(end + 1));
  }

  /** What waits for the leader, in the order it was given. */
  List<Command> open() {
    return tables
        .database()
        .read(
            "commands of " + tables.fleet(),
            connection ->
                Sql.list(
                    connection,
                    "select id, release, kind, version, actor, reason, last_run"
                        + " from bellwether_command where fleet = ? and outcome = 'OPEN'"
                        + " order by seq",
                    row ->
                        new Command(
                            row.getString(1),
                            row.getString(2),
                            Command.Kind.valueOf(row.getString(3)),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            Optional.ofNullable(row.getString(7))),
                    tables.fleet()));
  }

  /** The leader begins; the next one knows by this what came of it. */
  void begin(Fence fence, String id, String lastRun) {
    tables
        .database()
        .write(
            "command " + id,
            fence,
            connection ->
                Sql.update(
                    connection,
                    "update bellwether_command set last_run = ? where fleet = ? and id = ?",
                    lastRun,
                    tables.fleet(),
                    id));
  }

  void answer(Fence fence, String id, Command.Result result) {
    tables
        .database()
        .write(
            "answer to command " + id,
            fence,
            connection -> {
              tables.tell(connection, Tables.News.ANSWER);
              return Sql.update(
                  connection,
                  "update bellwether_command set outcome = ?, answer = ? where fleet = ?"
                      + " and id = ?",
                  result.outcome().name(),
                  result.run() + "\n" + result.words(),
                  tables.fleet(),
                  id);
            });
  }

  /** Forgets what was answered long ago. */
  void forget(Fence fence, Instant givenBefore) {
    tables
        .database()
        .write(
            "old commands of " + tables.fleet(),
            fence,
            connection ->
                Sql.update(
                    connection,
                    "delete from bellwether_command where fleet = ? and given_at < ?"
                        + " and outcome <> 'OPEN'",
                    tables.fleet(),
                    givenBefore.atOffset(ZoneOffset.UTC)));
  }
}
