package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.route.Labels;
import io.bellwether.alerting.route.RouteNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The groups by their route and what their alerts have in common, found by an alert itself: no key
 * is made to look for one. Chained, so that a look touches no group but those of its hash.
 */
final class GroupTable {
  private @Nullable Group[] buckets = new Group[64];
  private int size;

  /** The group this alert has at this route, if there is one. */
  @Nullable Group find(RouteNode node, ActiveAlert alert, Labels labels, long hash) {
    for (var group = buckets[bucket(hash)]; group != null; group = group.next) {
      if (group.hash == hash && group.takes(node, alert, labels)) {
        return group;
      }
    }
    return null;
  }

  void add(Group group) {
    if (2 * ++size > buckets.length) {
      grow();
    }
    var at = bucket(group.hash);
    group.next = buckets[at];
    buckets[at] = group;
  }

  private void grow() {
    var all = all();
    buckets = new Group[2 * buckets.length];
    for (var group : all) {
      var at = bucket(group.hash);
      group.next = buckets[at];
      buckets[at] = group;
    }
  }

  void remove(Group gone) {
    var at = bucket(gone.hash);
    Group before = null;
    for (var group = buckets[at]; group != null; group = group.next) {
      if (group == gone) {
        if (before == null) {
          buckets[at] = gone.next;
        } else {
          before.next = gone.next;
        }
        size--;
        return;
      }
      before = group;
    }
  }

  private int bucket(long hash) {
    return (int) hash & (buckets.length - 1);
  }

  List<Group> all() {
    var all = new ArrayList<Group>(size);
    for (var first : buckets) {
      for (var group = first; group != null; group = group.next) {
        all.add(group);
      }
    }
    return all;
  }
}
