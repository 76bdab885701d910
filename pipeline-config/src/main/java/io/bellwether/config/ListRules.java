package io.bellwether.config;

import java.util.ArrayList;
import java.util.List;

/** Which lists are merged how: one rule for all, and exceptions by path, the last one wins. */
final class ListRules {
  private record Rule(List<Object> path, ListMerge merge) {}

  private final ListMerge otherwise;
  private final List<Rule> rules;

  private ListRules(ListMerge otherwise, List<Rule> rules) {
    this.otherwise = otherwise;
    this.rules = rules;
  }

  static ListRules all(ListMerge merge) {
    return new ListRules(merge, List.of());
  }

  ListRules otherwise(ListMerge merge) {
    return new ListRules(merge, rules);
  }

  ListRules at(String path, ListMerge merge) {
    var all = new ArrayList<>(rules);
    all.add(0, new Rule(KeyPath.parse(path), merge));
    return new ListRules(otherwise, all);
  }

  ListMerge at(KeyPath path) {
    for (var rule : rules) {
      if (matches(rule.path(), path.steps())) {
        return rule.merge();
      }
    }
    return otherwise;
  }

  private static boolean matches(List<Object> rule, List<Object> path) {
    if (rule.size() != path.size()) {
      return false;
    }
    for (var i = 0; i < rule.size(); i++) {
      if (!rule.get(i).equals("*") && !rule.get(i).equals(path.get(i))) {
        return false;
      }
    }
    return true;
  }
}
