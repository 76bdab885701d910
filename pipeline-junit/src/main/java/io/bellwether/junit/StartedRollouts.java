package io.bellwether.junit;

import io.bellwether.alert.Alert;
import io.bellwether.release.Version;
import io.bellwether.runtime.Rollout;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Collectors;

/** The rollouts of a world, also those the host's own code started. Not thread-safe. */
final class StartedRollouts {
  /** A rollout that is held for days beyond its plan is left as it stands. */
  private static final Duration PATIENCE = Duration.ofDays(4);

  private final DeploymentParts parts;
  private final List<Rollout> rollouts = new ArrayList<>();
  private Duration longest = Duration.ZERO;

  StartedRollouts(DeploymentParts parts) {
    this.parts = parts;
  }

  Rollout start(DeploymentStrategy strategy, Version version) {
    if (parts.isReplayed() && strategy.plan().judge().isPresent()) {
      throw new IllegalStateException(
          "the strategy of "
              + strategy.release()
              + " has a judge, which compares counts, and metrics are replayed, which are rates:"
              + " script the metrics, or try a strategy without its judge");
    }
    state(strategy.release());
    var rollout = parts.runtime().start(strategy, version);
    var length = strategy.plan().length();
    longest = length.compareTo(longest) > 0 ? length : longest;
    look();
    add(rollout);
    return rollout;
  }

  private void state(String release) {
    if (!parts.releases().contains(release)) {
      parts.release(release);
    }
  }

  /** Takes in what somebody else started. */
  void look() {
    if (parts.isBuilt()) {
      for (var release : parts.releases()) {
        parts.runtime().current(release).ifPresent(this::add);
      }
    }
  }

  private void add(Rollout rollout) {
    if (!rollouts.contains(rollout)) {
      rollouts.add(rollout);
    }
  }

  void runOut() {
    look();
    var time = parts.time();
    var horizon = time.instant().plus(longest).plus(PATIENCE);
    var goesOn = true;
    while (goesOn && !unfinished().isEmpty() && time.instant().isBefore(horizon)) {
      goesOn = time.runNext();
    }
  }

  private List<Rollout> unfinished() {
    look();
    return rollouts.stream().filter(rollout -> !isOver(rollout)).toList();
  }

  private static boolean isOver(Rollout rollout) {
    return rollout.completion().toCompletableFuture().isDone();
  }

  void refuseUnfinished(String expected, String next) {
    var unfinished = unfinished();
    if (!unfinished.isEmpty()) {
      throw new AssertionError(
          "\nExpected "
              + expected
              + "\nbut "
              + unfinished.stream().map(StartedRollouts::stand).collect(Collectors.joining("; "))
              + "\n"
              + next
              + "\n\nTimeline:\n  "
              + String.join("\n  ", timeline()));
    }
  }

  private static String stand(Rollout rollout) {
    return rollout.isQueued()
        ? rollout.release() + " " + rollout.candidate() + " waits for another rollout to end"
        : rollout.state().explain();
  }

  /** Metrics of a version that no rollout knows, such as one misspelt, change nothing. */
  void refuseStrangers() {
    look();
    var versions = new LinkedHashSet<>(parts.versions());
    for (var rollout : rollouts) {
      versions.add(rollout.candidate());
    }
    var strangers = new ArrayList<>(parts.written());
    strangers.removeAll(versions);
    if (!strangers.isEmpty()) {
      throw new AssertionError(
          "\nExpected metrics of "
              + list(versions)
              + "\nbut they were written of "
              + list(strangers)
              + ", which no rollout asked about\n"
              + "Name the versions as the test does, or the test's versions with"
              + " @DeploymentTest(stable = .., candidate = ..).");
    }
  }

  private static String list(Collection<Version> versions) {
    return versions.stream().map(Version::id).sorted().collect(Collectors.joining(", "));
  }

  void refuseNone() {
    look();
    if (rollouts.isEmpty()) {
      throw new AssertionError(
          "\nExpected a rollout\nbut none was started: deployment.start(strategy) starts one");
    }
  }

  List<String> timeline() {
    look();
    var lines = new ArrayList<String>();
    for (var rollout : rollouts) {
      if (!rollout.isQueued()) {
        lines.addAll(Timeline.of(rollout.journal()));
      }
    }
    return List.copyOf(lines);
  }

  /** The one that was started last. */
  Story story(List<Alert> alerts) {
    refuseNone();
    var last = rollouts.get(rollouts.size() - 1);
    return new Story(last.state(), last.journal(), alerts);
  }
}
