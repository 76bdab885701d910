package io.bellwether.fleet;

import io.bellwether.jdbc.Fence;
import io.bellwether.jdbc.internal.Sql;
import io.bellwether.jdbc.internal.SqlFailure;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
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

  /** What waits for the leader longest, in the order it was given. */
  List<Command> open(int most) {
    return tables
        .database()
        .read(
            "commands of " + tables.fleet(),
            connection ->
                Sql.list(
                    connection,
                    "select id, release, kind, version, actor, reason, last_run"
                        + " from bellwether_command where fleet = ? and outcome = 'OPEN'"
                        + " order by seq limit ?",
                    row ->
                        new Command(
                            row.getString(1),
                            row.getString(2),
                            Command.Kind.valueOf(row.getString(3)),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            Optional.ofNullable(row.getString(7))),
                    tables.fleet(),
                    most));
  }

  /** The leader begins; the next one knows by the releases' last runs what came of it. */
  void begin(Fence fence, Map<Command, String> lastRuns) {
    tables
        .database()
        .write(
            lastRuns.size() + " commands of " + tables.fleet(),
            fence,
            connection -> {
              Sql.batch(
                  connection,
                  "update bellwether_command set last_run = ? where fleet = ? and id = ?",
                  lastRuns.entrySet().stream()
                      .map(it -> new Object[] {it.getValue(), tables.fleet(), it.getKey().id()})
                      .toList());
              return lastRuns;
            });
  }

  void answer(Fence fence, Map<Command, Command.Result> results) {
    tables
        .database()
        .write(
            "answers to " + results.size() + " commands of " + tables.fleet(),
            fence,
            connection -> {
              Sql.batch(
                  connection,
                  "update bellwether_command set outcome = ?, answer = ? where fleet = ?"
                      + " and id = ?",
                  results.entrySet().stream()
                      .map(it -> answer(it.getKey(), it.getValue()))
                      .toList());
              tables.tell(connection, Tables.News.ANSWER);
              return results;
            });
  }

  private Object[] answer(Command command, Command.Result result) {
    var answer = result.run() + "\n" + result.words();
    return new Object[] {result.outcome().name(), answer, tables.fleet(), command.id()};
  }

  /**
   * Forgets what was answered long ago.
   *
   * @return how many it has forgotten, no more than this
   */
  int forget(Fence fence, Instant givenBefore, int most) {
    return tables
        .database()
        .write(
            "old commands of " + tables.fleet(),
            fence,
            connection ->
                Sql.update(
                    connection,
                    "delete from bellwether_command where fleet = ? and id in (select id from"
                        + " bellwether_command where fleet = ? and given_at < ?"
                        + " and outcome <> 'OPEN' order by seq limit ?)",
                    tables.fleet(),
                    tables.fleet(),
                    givenBefore.atOffset(ZoneOffset.UTC),
                    most));
  }
}
