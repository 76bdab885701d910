package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.route.RouteNode;
import java.util.Arrays;

/**
 * A route and the values its groups are told apart by. One is used over and over to look for
 * groups; those in the table are copies of it.
 */
final class GroupKey {
  private RouteNode node;
  private Object[] values;
  private int hash;

  private GroupKey(RouteNode node, Object[] values) {
    this.node = node;
    this.values = values;
    hash = 31 * node.key().hashCode() + Arrays.hashCode(values);
  }

  /** A key to look with; only good once it is {@link #set}. */
  static GroupKey probe(RouteNode root) {
    return new GroupKey(root, new Object[0]);
  }

  /** Becomes the key of the group this alert has at this route. */
  void set(RouteNode route, ActiveAlert active) {
    node = route;
    var by = route.options().groupBy();
    if (by.all()) {
      var alert = active.alert;
      values = new Object[] {alert.name(), alert.severity(), alert.labels()};
    } else {
      var names = by.labels();
      if (values.length != names.size()) {
        values = new Object[names.size()];
      }
      for (var i = 0; i < values.length; i++) {
        values[i] = active.labels.value(names.get(i));
      }
    }
    hash = 31 * node.key().hashCode() + Arrays.hashCode(values);
  }

  GroupKey copy() {
    return new GroupKey(node, values.clone());
  }

  /** A group that no alert of today belongs to. */
  static GroupKey leftBehind(RouteNode root, String key) {
    return new GroupKey(root, new Object[] {GroupKey.class, key});
  }

  RouteNode node() {
    return node;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupKey key && key.node == node && Arrays.equals(key.values, values);
  }

  @Override
  public int hashCode() {
    return hash;
  }
}
