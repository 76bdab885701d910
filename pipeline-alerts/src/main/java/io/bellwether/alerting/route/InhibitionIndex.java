package io.bellwether.alerting.route;

import java.util.List;
import java.util.Optional;

/**
 * Tells whether an alert is muted by another, at a cost that does not depend on how many fire: each
 * inhibition counts its sources by the values of the labels in common. Not thread-safe.
 */
public final class InhibitionIndex {
  private final List<Inhibition> rules;
  private final MatcherIndex sources;
  private final MatcherIndex targets;
  private final List<SourceCounts> active;
  private final List<Optional<Inhibition>> found;

  /** An index of these, without any source. */
  public InhibitionIndex(List<Inhibition> rules) {
    this.rules = List.copyOf(rules);
    sources = new MatcherIndex(rules.stream().map(Inhibition::source).toList());
    targets = new MatcherIndex(rules.stream().map(Inhibition::target).toList());
    active = rules.stream().map(SourceCounts::new).toList();
    found = rules.stream().map(Optional::of).toList();
  }

  /** An alert with these labels fires. */
  public void add(Labels labels) {
    change(labels, 1);
  }

  /** An alert with these labels, which was added, fires no longer. */
  public void remove(Labels labels) {
    change(labels, -1);
  }

  private void change(Labels labels, int by) {
    for (var nth = sources.next(labels, 0); nth >= 0; nth = sources.next(labels, nth + 1)) {
      active.get(nth).change(labels, by, rules.get(nth).isTarget(labels) ? 0 : by);
    }
  }

  /** The first inhibition that mutes an alert with these labels. */
  public Optional<Inhibition> mutes(Labels labels) {
    for (var nth = targets.next(labels, 0); nth >= 0; nth = targets.next(labels, nth + 1)) {
      if (active.get(nth).mutes(labels)) {
        return found.get(nth);
      }
    }
    return Optional.empty();
  }
}
