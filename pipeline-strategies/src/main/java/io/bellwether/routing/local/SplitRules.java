package io.bellwether.routing.local;

import io.bellwether.Problems;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What a split must be for a router to follow it. */
record SplitRules(
    String release, Map<String, Predicate<? super String>> cohorts, boolean mayMirror) {
  Problems check(TrafficSplit split) {
    var problems = new Problems();
    problems.require(
        split.release().equals(release),
        "its release is '" + split.release() + "', but this router divides '" + release + "'");
    problems.require(
        split.mirror().isZero() || mayMirror,
        "it mirrors "
            + split.mirror()
            + " of stable's requests, and this router may not make a call twice: expected 0%, or a"
            + " router built with mirrorOn(executor)");
    split.audiences().forEach(audience -> requireKnown(audience, problems));
    return problems;
  }

  private void requireKnown(Audience audience, Problems problems) {
    if (audience instanceof Audience.Cohort cohort) {
      problems.require(
          cohorts.containsKey(cohort.name()),
          "cohort '"
              + cohort.name()
              + "' is unknown to this router, which knows "
              + new TreeSet<>(cohorts.keySet())
              + ": register it with cohort(name, predicate) when the router is built");
    }
  }
}
