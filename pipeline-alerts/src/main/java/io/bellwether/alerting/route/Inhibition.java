package io.bellwether.alerting.route;

import io.bellwether.Problems;
import io.bellwether.alert.Severity;
import java.util.List;
import java.util.stream.Stream;

/**
 * While one alert fires, nobody needs to hear of another: a target is muted while a source fires
 * that has the same values of some labels. Immutable and thread-safe.
 *
 * <p>An alert that is both source and target is not muted by another that is both. Without {@link
 * #lenient} the labels in common have to be there: two alerts without a label have nothing in
 * common.
 *
 * @param source what a source satisfies
 * @param target what a target satisfies
 * @param equal the labels that have to have the same values
 * @param strict whether these labels have to be there
 */
public record Inhibition(
    List<Matcher> source, List<Matcher> target, List<String> equal, boolean strict) {
  /** Copies the lists. */
  public Inhibition {
    source = List.copyOf(source);
    target = List.copyOf(target);
    equal = List.copyOf(equal);
  }

  /** Alerts that satisfy the source mute those that satisfy the target. */
  public static Inhibition of(Matcher source, Matcher target, String... equal) {
    return new Inhibition(List.of(source), List.of(target), List.of(equal), true);
  }

  /** The graver mutes the lesser. */
  public static Inhibition of(Severity graver, Severity lesser, String... equal) {
    return of(Matcher.severity(graver), Matcher.severity(lesser), equal);
  }

  /** A label that is missing on both sides counts as the same, as in Alertmanager. */
  public Inhibition lenient() {
    return new Inhibition(source, target, equal, false);
  }

  /** Says everything that is wrong with it. */
  public void check(Problems problems) {
    problems.require(!source.isEmpty(), "inhibition " + this + ": no source matcher");
    problems.require(!target.isEmpty(), "inhibition " + this + ": no target matcher");
    Stream.concat(source.stream(), target.stream())
        .flatMap(matcher -> matcher.problem().stream())
        .forEach(problem -> problems.add("inhibition " + this + ": " + problem));
  }

  /** Whether an alert with these labels can mute others. */
  public boolean isSource(Labels labels) {
    return holds(source, labels);
  }

  /** Whether an alert with these labels can be muted. */
  public boolean isTarget(Labels labels) {
    return holds(target, labels);
  }

  private static boolean holds(List<Matcher> matchers, Labels labels) {
    for (var i = 0; i < matchers.size(); i++) {
      if (!matchers.get(i).matches(labels)) {
        return false;
      }
    }
    return true;
  }

  /**
   * For example <code>severity="critical" mutes severity="warning" of the same [service]</code>.
   */
  @Override
  public String toString() {
    return words(source) + " mutes " + words(target) + " of the same " + equal;
  }

  private static String words(List<Matcher> matchers) {
    return String.join(", ", matchers.stream().map(Matcher::toString).toList());
  }
}
