package io.bellwether.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.Version;
import io.bellwether.rollout.Phase;
import io.bellwether.rollout.RolloutEvent;
import io.bellwether.rollout.RolloutState;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} at random moments, for real: every rollout comes to the end it should. */
class KillTest {
  /** A rollout that goes well says about this many lines when it is left alone. */
  private static final int LINES = 45;

  @TempDir private Path directory;
  private int kills;

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void three_kills() {
    Cases.forAll("a rollout outlives three kills", 1, gen -> outlive(3, gen));
  }

  @Test
  @Tag("it")
  @Timeout(value = 20, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
  void sixty_kills() {
    Cases.forAll("rollouts outlive sixty kills", 1, gen -> outlive(60, gen));
  }

  /**
   * One rollout after the other in one directory, good ones and bad ones, until that many kills.
   */
  private void outlive(int wanted, Gen gen) throws IOException {
    for (var number = 2; kills < wanted; number++) {
      var bad = gen.chance(0.4);
      var candidate = new Version("v" + number + (bad ? CanaryProcess.BAD : ""));
      var before = new FileRouter(directory);
      var applied = number == 2 ? 0 : before.applied("chat").size();
      rollOut(candidate, wanted, gen);
      assertSound(candidate, bad ? Phase.ROLLED_BACK : Phase.PROMOTED, applied);
    }
  }

  /** Process after process, each killed at some line, up to the one that is let to the end. */
  private void rollOut(Version candidate, int wanted, Gen gen) throws IOException {
    var ended = false;
    var begun = false;
    for (var life = 1; !ended; life++) {
      var mercy = kills >= wanted || life > 12;
      var lastLine = mercy ? Integer.MAX_VALUE : gen.nextInt(LINES);
      try (var process = CanaryProcess.of(directory, candidate)) {
        var said = listen(process, lastLine);
        assertThat(said).as("a rollout that has begun is gone on with").matches(goesOn(begun));
        begun |= said.contains("started") && said.size() > said.indexOf("started") + 1;
        ended = said.contains("done");
        if (said.size() > lastLine) {
          kills++;
        } else {
          assertThat(process.exitCode()).as("it did not fail by itself: " + said).isZero();
        }
      }
    }
  }

  private static Predicate<List<? extends String>> goesOn(boolean begun) {
    return said -> !begun || !said.contains("started");
  }

  /** What it says until the line at which it is killed. */
  private static List<String> listen(CanaryProcess process, int lastLine) throws IOException {
    var said = new ArrayList<String>();
    for (var line = process.line(); line.isPresent(); line = process.line()) {
      said.add(line.get());
      if (said.size() > lastLine) {
        process.kill();
        return said;
      }
    }
    return said;
  }

  private void assertSound(Version candidate, Phase end, int applied) throws IOException {
    RolloutState state;
    List<Version> stable;
    try (var store = FileRolloutStore.open(directory)) {
      var runs =
          store.runs("chat").stream()
              .map(run -> RolloutEvent.replay(store.journal(run)))
              .filter(run -> run.candidate().equals(candidate))
              .toList();
      assertThat(runs).as("runs of " + candidate).hasSize(1);
      state = runs.get(0);
      stable = store.stableVersions("chat");
      assertThat(store.unfinished()).isEmpty();
    }
    assertThat(state.phase()).as(state.toString()).isEqualTo(end);
    if (end == Phase.PROMOTED) {
      assertThat(stable).first().isEqualTo(candidate);
    }
    var router = new FileRouter(directory);
    assertThat(router.read("chat"))
        .isEqualTo(TrafficSplit.stable("chat", end == Phase.PROMOTED ? candidate : state.stable()));
    assertWeights(router.applied("chat").subList(applied, router.applied("chat").size()));
    assertThat(terminalAlerts(state.id()))
        .as("told at least once, under one key")
        .containsExactly(state.id() + "/rollout_" + end.name().toLowerCase(Locale.ROOT));
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

  private Set<String> terminalAlerts(String run) throws IOException {
    return Files.readAllLines(directory.resolve("alerts")).stream()
        .filter(key -> key.startsWith(run + "/"))
        .collect(Collectors.toSet());
  }
}
