package io.bellwether.pipeline;

import io.bellwether.release.ChangeKind;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;

/**
 * When a stage applies; a stage that does not is skipped.
 *
 * @param text the condition in words, for reports, such as {@code branch is main}
 * @param test asked once per run; pure
 */
public record StageCondition(String text, Predicate<Trigger> test) {
  /** In every run. */
  public static StageCondition everyRun() {
    return new StageCondition("every run", trigger -> true);
  }

  /**
   * On these branches.
   *
   * @param globs as {@link BranchPattern} reads them
   */
  public static StageCondition branches(String... globs) {
    var patterns = BranchPattern.of(globs);
    return new StageCondition(
        "branch is " + String.join(" or ", globs),
        trigger -> BranchPattern.anyMatches(patterns, trigger.branch()));
  }

  /** For these kinds of change. */
  public static StageCondition changes(ChangeKind first, ChangeKind... others) {
    var kinds = EnumSet.of(first, others);
    return new StageCondition(
        "change is one of " + kinds, trigger -> kinds.contains(trigger.change()));
  }

  /** When an input of the run has this value. */
  public static StageCondition input(String name, String value) {
    return new StageCondition(
        "input " + name + " is " + value, trigger -> value.equals(trigger.inputs().get(name)));
  }

  /** When both hold. */
  public StageCondition and(StageCondition other) {
    return new StageCondition(text + " and " + other.text, test.and(other.test));
  }

  /** When this does not hold. */
  public StageCondition negate() {
    return new StageCondition("not (" + text + ")", test.negate());
  }

  boolean holds(Trigger trigger) {
    return test.test(trigger);
  }

  static StageCondition all(List<StageCondition> conditions) {
    return conditions.stream().reduce(StageCondition::and).orElseGet(StageCondition::everyRun);
  }

  /** The condition in words. */
  @Override
  public String toString() {
    return text;
  }
}
