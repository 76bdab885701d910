package io.bellwether.benchmarks.alerts;

import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.Matcher;
import java.util.ArrayList;
import java.util.List;

/** A tree in which every sibling is tried in order, as Alertmanager does it. */
final class OneByOne {
  private final List<Matcher> matchers;
  private final List<OneByOne> children = new ArrayList<>();
  private final int id;

  OneByOne(int id, Matcher... matchers) {
    this.id = id;
    this.matchers = List.of(matchers);
  }

  void add(OneByOne child) {
    children.add(child);
  }

  /** The number of the node that has an alert with these labels. */
  int match(Labels labels) {
    for (var i = 0; i < children.size(); i++) {
      var child = children.get(i);
      if (child.takes(labels)) {
        return child.match(labels);
      }
    }
    return id;
  }

  private boolean takes(Labels labels) {
    for (var i = 0; i < matchers.size(); i++) {
      if (!matchers.get(i).matches(labels)) {
        return false;
      }
    }
    return true;
  }
}
