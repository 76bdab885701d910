package io.bellwether.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.jdbc.internal.Sql;
import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** {@code kill -9} of the leader in mid-rollout, for real: the process that waits goes on. */
@Tag("it")
class KillOnPostgresTest {
  private static final int KILLS = 3;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_good_version_is_promoted_over_three_kills() {
    Cases.forAll("a rollout outlives its leaders", 1, gen -> outlive("v2", Phase.PROMOTED, gen));
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void a_bad_version_is_rolled_back_over_a_kill() {
    Cases.forAll(
        "a rollout outlives its leaders",
        1,
        gen -> outlive("v2" + RolloutProcess.BAD, Phase.ROLLED_BACK, gen));
  }

  private void outlive(String candidate, Phase end, Gen gen) throws IOException {
    var url = PostgresServer.shared().freshUrl();
    try (var test = TestDatabase.at(url, 2)) {
      var database = test.database();
      TableRouter.createTables(database);
      var kills = end == Phase.PROMOTED ? KILLS : 1;
      var takeovers = rollOut(url, candidate, kills, gen);
      assertThat(takeovers).hasSize(kills).allMatch(it -> it.compareTo(Duration.ofSeconds(5)) < 0);
      System.out.println(
          "takeover after kill -9 with a lease of 3 s: "
              + takeovers.stream().map(it -> it.toMillis() + " ms").toList());
      assertSound(database, candidate, end);
    }
  }

  /** The leader is killed at some line while another process waits; how long each takeover took. */
  private static List<Duration> rollOut(String url, String candidate, int kills, Gen gen)
      throws IOException {
    var takeovers = new ArrayList<Duration>();
    var leader = RolloutProcess.of(url, candidate);
    hear(leader, "leads");
    try {
      for (var kill = 0; kill < kills; kill++) {
        var next = RolloutProcess.of(url, candidate);
        hear(next, "waits");
        for (var lines = gen.between(4, 9); lines > 0; lines--) {
          assertThat(leader.line()).as("the leader has ended").isPresent();
        }
        var killed = System.nanoTime();
        leader.kill();
        leader = next;
        hear(leader, "leads");
        takeovers.add(Duration.ofNanos(System.nanoTime() - killed));
      }
      hear(leader, "done");
    } finally {
      leader.close();
    }
    return takeovers;
  }

  private static void hear(RolloutProcess process, String word) throws IOException {
    var said = new ArrayList<String>();
    for (var line = process.line(); line.isPresent(); line = process.line()) {
      said.add(line.get());
      if (line.get().startsWith(word)) {
        return;
      }
    }
    throw new AssertionError("it ended before it said '" + word + "': " + said);
  }

  private static void assertSound(JdbcDatabase database, String candidate, Phase end) {
    var store = JdbcRolloutStore.of(database);
    assertThat(store.runs("chat")).hasSize(1);
    assertThat(store.unfinished()).isEmpty();
    var state = RolloutEvent.replay(store.journal(store.runs("chat").get(0)));
    assertThat(state.phase()).as(state.toString()).isEqualTo(end);
    var splits = TableRouter.applied(database, "chat");
    var stable = end == Phase.PROMOTED ? new Version(candidate) : state.stable();
    assertThat(splits).last().isEqualTo(TrafficSplit.stable("chat", stable));
    assertWeights(splits);
    assertThat(alerts(database))
        .as("told under one key")
        .contains(state.id() + "/rollout_" + end.name().toLowerCase(Locale.ROOT));
  }

  /** Up as planned; and once traffic has left the candidate it does not come back. */
  private static void assertWeights(List<TrafficSplit> splits) {
    var last = 0.0;
    var left = false;
    for (var split : splits) {
      if (split.hasCandidate()) {
        assertThat(left).as("traffic came back to the candidate: " + splits).isFalse();
        assertThat(split.weight().percent()).isIn(10.0, 50.0, 100.0).isGreaterThanOrEqualTo(last);
        last = split.weight().percent();
      } else {
        left = last > 0;
      }
    }
  }

  private static List<String> alerts(JdbcDatabase database) {
    return database.read(
        "the alerts",
        connection ->
            Sql.list(connection, "select distinct name from test_alert", row -> row.getString(1)));
  }
}
