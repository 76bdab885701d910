package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.route.RouteNode;
import java.util.Arrays;
import java.util.List;

/** A route and the values its groups are told apart by. */
final class GroupKey {
  private final RouteNode node;
  private final Object[] values;
  private final int hash;

  private GroupKey(RouteNode node, Object[] values) {
    this.node = node;
    this.values = values;
    hash = 31 * node.key().hashCode() + Arrays.hashCode(values);
  }

  static GroupKey of(RouteNode node, ActiveAlert active) {
    var by = node.options().groupBy();
    if (by.all()) {
      var alert = active.alert;
      return new GroupKey(node, new Object[] {alert.name(), alert.severity(), alert.labels()});
    }
    List<String> names = by.labels();
    var values = new Object[names.size()];
    for (var i = 0; i < values.length; i++) {
      values[i] = active.labels.value(names.get(i));
    }
    return new GroupKey(node, values);
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
