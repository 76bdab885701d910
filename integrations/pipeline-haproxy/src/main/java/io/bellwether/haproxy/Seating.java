package io.bellwether.haproxy;

import io.bellwether.release.Version;
import java.util.Map;
import java.util.Optional;

/** Which version has which slot. */
final class Seating {
  private final Wiring wiring;
  private final Optional<Note> note;
  private final Map<String, Integer> weights;

  /**
   * @param note what is known of the versions
   * @param weights of the servers now
   */
  Seating(Wiring wiring, Optional<Note> note, Map<String, Integer> weights) {
    this.wiring = wiring;
    this.note = note;
    this.weights = weights;
  }

  /** The slot a version is known to have. */
  Optional<Slot> of(Version version) {
    return wiring.slots().stream()
        .filter(slot -> version.equals(note.map(n -> n.tenants().get(slot.name())).orElse(null)))
        .findFirst();
  }

  /**
   * The slot that serves everybody else, once this version does: its own; else the one the
   * candidate does not have; else the one that has served, where the new version replaces the old.
   */
  Slot ofStable(Version stable, Version candidate) {
    return of(stable).or(() -> of(candidate).map(wiring::besides)).orElseGet(this::active);
  }

  /** The slot that serves; without a note the heavier one. */
  Slot active() {
    return note.map(n -> wiring.slot(n.stable()))
        .orElseGet(
            () -> weight(wiring.other()) > weight(wiring.one()) ? wiring.other() : wiring.one());
  }

  /** The sum of a slot's weights. */
  int weight(Slot slot) {
    return slot.servers().stream().mapToInt(weights::get).sum();
  }
}
