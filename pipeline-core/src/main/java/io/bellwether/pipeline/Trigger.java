package io.bellwether.pipeline;

import static java.util.Objects.requireNonNull;

import io.bellwether.release.ChangeKind;
import io.bellwether.release.Version;
import java.util.Map;

/**
 * What a run is about. A value to start from with the {@code withX} methods.
 *
 * @param branch the branch the commit is on, such as {@code main}
 * @param commit the commit's id
 * @param change what kind of change it is
 * @param version what is to be delivered
 * @param actor who began the run; never a reviewer of it
 * @param inputs what else the run was begun with; never a secret
 */
public record Trigger(
    String branch,
    String commit,
    ChangeKind change,
    Version version,
    String actor,
    Map<String, String> inputs) {
  /** Refuses blank names. */
  public Trigger {
    requireNonNull(change, "trigger: a change is needed");
    requireNonNull(version, "trigger: a version is needed");
    requireNonNull(commit, "trigger: a commit is needed");
    inputs = Map.copyOf(inputs);
    if (branch.isBlank() || actor.isBlank()) {
      throw new IllegalArgumentException(
          "trigger: branch '" + branch + "' and actor '" + actor + "' must not be blank");
    }
  }

  /** A feature on a branch, whose version is called like its commit. */
  public static Trigger of(String branch, String commit, String actor) {
    return new Trigger(
        branch, commit, ChangeKind.FEATURE, Version.version(commit), actor, Map.of());
  }

  /** The same for another version. */
  public Trigger withVersion(Version version) {
    return new Trigger(branch, commit, change, version, actor, inputs);
  }

  /** The same for another kind of change. */
  public Trigger withChange(ChangeKind change) {
    return new Trigger(branch, commit, change, version, actor, inputs);
  }

  /** The same with these inputs. */
  public Trigger withInputs(Map<String, String> inputs) {
    return new Trigger(branch, commit, change, version, actor, inputs);
  }

  /** For example {@code v7 (main at 4f2a9c1, FEATURE) by dev}. */
  @Override
  public String toString() {
    return version + " (" + branch + " at " + commit + ", " + change + ") by " + actor;
  }
}
