package io.bellwether.alerting.route;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, of many lists of matchers, those that labels may satisfy, in order: an equality matcher is
 * looked up instead of tried. So a thousand routes cost as much as ten. Immutable and thread-safe.
 */
final class MatcherIndex {
  private static final int[] NONE = {};
  private static final Matcher[] NOTHING = {};

  /** Of each list what a lookup has not found out already. */
  private final Matcher[][] left;

  private final int[] tried;
  private final String[] names;
  private final List<Map<String, int[]>> byValue;

  MatcherIndex(List<List<Matcher>> lists) {
    var distinct = distinct(lists);
    left = new Matcher[lists.size()][];
    var rest = new ArrayList<Integer>();
    var lookups = new LinkedHashMap<String, Map<String, List<Integer>>>();
    for (var nth = 0; nth < lists.size(); nth++) {
      var best = best(lists.get(nth), distinct);
      var rests =
          lists.get(nth).stream().filter(one -> !Objects.equals(one, best)).toArray(Matcher[]::new);
      left[nth] = rests.length == 0 ? NOTHING : rests;
      if (best == null) {
        rest.add(nth);
      } else {
        lookups
            .computeIfAbsent(best.name(), name -> new HashMap<>())
            .computeIfAbsent(best.value(), value -> new ArrayList<>())
            .add(nth);
      }
    }
    tried = ints(rest);
    names = lookups.keySet().toArray(String[]::new);
    byValue = lookups.values().stream().map(MatcherIndex::frozen).toList();
  }

  private static Map<String, int[]> frozen(Map<String, List<Integer>> lookup) {
    var frozen = new HashMap<String, int[]>();
    lookup.forEach((value, nths) -> frozen.put(value, ints(nths)));
    return frozen;
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The values each label is compared with: the more, the fewer lists remain for one. */
  private static Map<String, Set<String>> distinct(List<List<Matcher>> lists) {
    var distinct = new HashMap<String, Set<String>>();
    for (var list : lists) {
      for (var matcher : list) {
        if (isLookup(matcher)) {
          distinct.computeIfAbsent(matcher.name(), name -> new HashSet<>()).add(matcher.value());
        }
      }
    }
    distinct.values().removeIf(values -> values.size() == 1); // trying it costs no more
    return distinct;
  }

  private static boolean isLookup(Matcher matcher) {
    return matcher.op() == Matcher.Op.EQUAL && !matcher.value().isEmpty();
  }

  private static @Nullable Matcher best(List<Matcher> matchers, Map<String, Set<String>> distinct) {
    return matchers.stream()
        .filter(matcher -> isLookup(matcher) && distinct.containsKey(matcher.name()))
        .max(
            Comparator.comparingInt(
                matcher -> distinct.getOrDefault(matcher.name(), Set.of()).size()))
        .orElse(null);
  }

  /** The first list at or after this position whose matchers all hold; -1 when none is left. */
  int next(Labels labels, int from) {
    var best = nextOf(tried, labels, from);
    for (var i = 0; i < names.length; i++) {
      var nths = byValue.get(i).getOrDefault(labels.value(names[i]), NONE);
      var found = nextOf(nths, labels, from);
      if (found >= 0 && (best < 0 || found < best)) {
        best = found;
      }
    }
    return best;
  }

  private int nextOf(int[] nths, Labels labels, int from) {
    var at = from == 0 ? 0 : Arrays.binarySearch(nths, from);
    for (var i = at >= 0 ? at : -at - 1; i < nths.length; i++) {
      if (holds(left[nths[i]], labels)) {
        return nths[i];
      }
    }
    return -1;
  }

  private static boolean holds(Matcher[] matchers, Labels labels) {
    for (var matcher : matchers) {
      if (!matcher.matches(labels)) {
        return false;
      }
    }
    return true;
  }
}
