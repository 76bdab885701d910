package io.bellwether.haproxy;

import io.bellwether.routing.Weight;
import java.util.Map;
import java.util.TreeMap;

/** The weights the servers have to have for a note. */
final class Targets {
  private Targets() {}

  static Map<String, Integer> of(Note note, Wiring wiring) {
    var stable = wiring.slot(note.stable());
    var idle = wiring.besides(stable);
    var weight = note.candidate() ? note.weight() : Weight.ZERO;
    var shares =
        Shares.of(weight, idle.servers().size(), stable.servers().size())
            .orElseThrow(() -> new HaproxyException("weight " + weight + " cannot be had"));
    var target = new TreeMap<String, Integer>();
    spread(idle, shares.candidate(), target);
    spread(stable, shares.stable(), target);
    return target;
  }

  private static void spread(Slot slot, int sum, Map<String, Integer> target) {
    var weights = Shares.spread(sum, slot.servers().size());
    for (var i = 0; i < weights.length; i++) {
      target.put(slot.servers().get(i), weights[i]);
    }
  }
}
