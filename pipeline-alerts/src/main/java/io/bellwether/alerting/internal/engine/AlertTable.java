package io.bellwether.alerting.internal.engine;

import io.bellwether.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The alerts by what identifies them, found without a copy of their labels.
 *
 * <p>Open addressing over a fingerprint that does not depend on the labels' order. The fingerprint
 * is made of 32-bit string hashes, which collide, so a hit is confirmed by comparing the labels.
 */
final class AlertTable {
  private @Nullable ActiveAlert[] slots = new ActiveAlert[64];
  private int size;

  static long fingerprint(Alert alert) {
    if (alert.status() == Alert.Status.EVENT) {
      return mix(alert.key().hashCode());
    }
    return fingerprintOfLabels(alert);
  }

  /** Of what tells alerts apart that last; events of the same labels have the same. */
  static long fingerprintOfLabels(Alert alert) {
    var sum = mix(((long) alert.name().hashCode() << 32) + alert.severity().ordinal());
    for (Map.Entry<String, String> label : alert.labels().entrySet()) {
      sum +=
          mix(
              ((long) label.getKey().hashCode() << 32)
                  ^ (label.getValue().hashCode() & 0xffffffffL));
    }
    return sum;
  }

  /** The finalizer of MurmurHash3. */
  static long mix(long bits) {
    var a = (bits ^ (bits >>> 33)) * 0xff51afd7ed558ccdL;
    var b = (a ^ (a >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return b ^ (b >>> 33);
  }

  @Nullable ActiveAlert find(long fingerprint, Alert alert) {
    var mask = slots.length - 1;
    for (var at = (int) fingerprint & mask; ; at = (at + 1) & mask) {
      var slot = slots[at];
      if (slot == null) {
        return null;
      }
      if (slot.fingerprint == fingerprint && same(slot.alert, alert)) {
        return slot;
      }
    }
  }

  private static boolean same(Alert known, Alert alert) {
    if (known.status() == Alert.Status.EVENT || alert.status() == Alert.Status.EVENT) {
      return known.status() == alert.status() && known.key().equals(alert.key());
    }
    return sameLabels(known, alert);
  }

  /** Whether name, severity and labels are the same. */
  static boolean sameLabels(Alert known, Alert alert) {
    return known.severity() == alert.severity()
        && known.name().equals(alert.name())
        && sameLabels(known.labels(), alert.labels());
  }

  /** As {@code equals}, in a loop of its own: that of every map is too busy to be optimized. */
  private static boolean sameLabels(Map<String, String> some, Map<String, String> others) {
    if (some == others) {
      return true;
    }
    if (some.size() != others.size()) {
      return false;
    }
    for (var label : some.entrySet()) {
      if (!label.getValue().equals(others.get(label.getKey()))) {
        return false;
      }
    }
    return true;
  }

  void add(ActiveAlert alert) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    put(slots, alert);
    size++;
  }

  private static void put(@Nullable ActiveAlert[] slots, ActiveAlert alert) {
    var mask = slots.length - 1;
    var at = (int) alert.fingerprint & mask;
    while (slots[at] != null) {
      at = (at + 1) & mask;
    }
    slots[at] = alert;
  }

  private void grow() {
    var more = new ActiveAlert[slots.length * 2];
    for (var slot : slots) {
      if (slot != null) {
        put(more, slot);
      }
    }
    slots = more;
  }

  /** Takes an alert out and closes the gap, so that no search ends early. */
  void remove(ActiveAlert alert) {
    var mask = slots.length - 1;
    var at = (int) alert.fingerprint & mask;
    while (slots[at] != alert) {
      if (slots[at] == null) {
        return;
      }
      at = (at + 1) & mask;
    }
    size--;
    slots[at] = null;
    var gap = at;
    for (var next = (gap + 1) & mask; ; next = (next + 1) & mask) {
      var slot = slots[next];
      if (slot == null) {
        return;
      }
      var home = (int) slot.fingerprint & mask;
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        slots[gap] = slot;
        slots[next] = null;
        gap = next;
      }
    }
  }

  int size() {
    return size;
  }

  List<ActiveAlert> all() {
    var all = new ArrayList<ActiveAlert>(size);
    for (var slot : slots) {
      if (slot != null) {
        all.add(slot);
      }
    }
    return all;
  }
}
