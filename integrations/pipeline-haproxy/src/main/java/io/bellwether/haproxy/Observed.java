package io.bellwether.haproxy;

import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What the servers and the map make of a note. */
record Observed(
    Wiring wiring, Note note, Map<String, String> entries, Map<String, Integer> weights) {

  TrafficSplit split() {
    var stable = note.tenants().get(note.stable());
    var idle = wiring.besides(wiring.slot(note.stable()));
    var weight = weight(idle);
    var guest = note.tenants().get(idle.name());
    var audiences = note.audiences().stream().filter(this::isInvited).toList();
    if (stable == null || guest == null && !weight.isZero()) {
      throw new HaproxyException(
          "slot '"
              + idle.name()
              + "' of '"
              + wiring.release()
              + "' gets "
              + weight
              + " of the traffic, and nobody has said which version is there; apply a split");
    }
    return guest == null || !note.candidate() && weight.isZero()
        ? TrafficSplit.stable(wiring.release(), stable)
        : new TrafficSplit(wiring.release(), stable, guest, weight, Weight.ZERO, audiences);
  }

  private Weight weight(Slot idle) {
    var target = Targets.of(note, wiring);
    if (target.entrySet().stream()
        .allMatch(server -> server.getValue().equals(weights.get(server.getKey())))) {
      return note.candidate() ? note.weight() : Weight.ZERO;
    }
    var seating = new Seating(wiring, Optional.of(note), weights);
    var shares = new Shares(seating.weight(idle), seating.weight(wiring.besides(idle)));
    if (shares.candidate() + shares.stable() == 0) {
      throw new HaproxyException(
          "no server of '"
              + wiring.release()
              + "' has weight, so that every request fails;"
              + " apply a split");
    }
    return Weight.percent(100 * shares.share());
  }

  private boolean isInvited(Audience audience) {
    var slot = wiring.besides(wiring.slot(note.stable())).name();
    return keys(audience, wiring).allMatch(key -> slot.equals(entries.get(key)));
  }

  static Map<String, String> guests(Note note, Wiring wiring) {
    var slot = wiring.besides(wiring.slot(note.stable())).name();
    var guests = new TreeMap<String, String>();
    note.audiences()
        .forEach(audience -> keys(audience, wiring).forEach(key -> guests.put(key, slot)));
    return guests;
  }

  private static Stream<String> keys(Audience audience, Wiring wiring) {
    if (audience instanceof Audience.Users users) {
      return users.keys().stream().map(key -> Keys.of(wiring.release(), audience, key));
    }
    var member =
        audience instanceof Audience.Header header
            ? header.value()
            : ((Audience.Cohort) audience).name();
    return Stream.of(Keys.of(wiring.release(), audience, member));
  }
}
