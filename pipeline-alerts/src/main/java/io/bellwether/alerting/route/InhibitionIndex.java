package io.bellwether.alerting.route;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells whether an alert is muted by another, at a cost that does not depend on how many fire: each
 * inhibition counts its sources by the values of the labels in common. Not thread-safe.
 */
public final class InhibitionIndex {
  private final List<Inhibition> rules;
  private final MatcherIndex sources;
  private final MatcherIndex targets;
  private final List<Map<Object, Count>> active;

  /** How many sources fire with the same values; one-sided ones are no targets themselves. */
  private static final class Count {
    private int all;
    private int oneSided;
  }

  /** An index of these, without any source. */
  public InhibitionIndex(List<Inhibition> rules) {
    this.rules = List.copyOf(rules);
    sources = new MatcherIndex(rules.stream().map(Inhibition::source).toList());
    targets = new MatcherIndex(rules.stream().map(Inhibition::target).toList());
    active = rules.stream().<Map<Object, Count>>map(rule -> new HashMap<>()).toList();
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
      var rule = rules.get(nth);
      var key = key(rule, labels);
      if (key.isPresent()) {
        var count = active.get(nth).computeIfAbsent(key.get(), values -> new Count());
        count.all += by;
        count.oneSided += rule.isTarget(labels) ? 0 : by;
        if (count.all == 0) {
          active.get(nth).remove(key.get());
        }
      }
    }
  }

  /** The first inhibition that mutes an alert with these labels. */
  public Optional<Inhibition> mutes(Labels labels) {
    for (var nth = targets.next(labels, 0); nth >= 0; nth = targets.next(labels, nth + 1)) {
      var rule = rules.get(nth);
      var count = key(rule, labels).map(active.get(nth)::get).orElse(null);
      if (count != null && (rule.isSource(labels) ? count.oneSided : count.all) > 0) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** The values in common; empty when a strict rule misses one. */
  private static Optional<Object> key(Inhibition rule, Labels labels) {
    var equal = rule.equal();
    if (equal.size() == 1) {
      var value = labels.value(equal.get(0));
      return rule.strict() && value.isEmpty() ? Optional.empty() : Optional.of(value);
    }
    var values = new String[equal.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = labels.value(equal.get(i));
      if (rule.strict() && values[i].isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(List.of(values));
  }
}
