package io.bellwether.haproxy;

import io.bellwether.Problems;
import io.bellwether.release.Release;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** How one release stands in HAProxy's configuration. Not thread-safe. */
public final class HaproxyRelease {
  private static final String NAME = "[A-Za-z0-9_.:-]+";

  private final String release;
  private final List<Slot> slots = new ArrayList<>();
  private final Set<String> cohorts = new TreeSet<>();
  private final Set<String> headers = new TreeSet<>();
  private String backend = "";
  private boolean users;

  HaproxyRelease(String release) {
    this.release = release;
  }

  /** The backend whose servers' weights divide the traffic. */
  public HaproxyRelease backend(String name) {
    backend = name;
    return this;
  }

  /**
   * One of the two slots, with its servers in the backend. A version that nothing is known of goes
   * where the stable one is not; without anything known, stable is where most weight is.
   */
  public HaproxyRelease slot(String name, String... servers) {
    slots.add(new Slot(name, List.of(servers)));
    return this;
  }

  /** HAProxy looks user keys up under {@code user/<release>/}. */
  public HaproxyRelease users() {
    users = true;
    return this;
  }

  /** HAProxy knows who belongs to these cohorts, and looks them up under {@code cohort/}. */
  public HaproxyRelease cohorts(String... names) {
    cohorts.addAll(List.of(names));
    return this;
  }

  /** HAProxy looks the values of these headers up under {@code header/<release>/<name>/}. */
  public HaproxyRelease headers(String... names) {
    List.of(names).forEach(name -> headers.add(name.toLowerCase(Locale.ROOT)));
    return this;
  }

  Wiring build() {
    var problems = new Problems();
    Release.nameProblem(release).ifPresent(problems::add);
    problems
        .require(backend.matches(NAME), "backend '" + backend + "': expected a name of HAProxy's")
        .require(
            slots.size() == 2,
            slots.size() + " slots: expected two, such as slot(\"blue\", \"blue1\")");
    var seen = new HashSet<String>();
    for (var slot : slots) {
      name("slot", slot.name(), seen, problems);
      problems.require(!slot.servers().isEmpty(), "slot '" + slot.name() + "' has no server");
      slot.servers().forEach(server -> name("server", server, seen, problems));
    }
    headers.forEach(header -> name("header", header, seen, problems));
    problems.throwIfAny("wiring");
    return new Wiring(
        release,
        backend,
        slots.get(0),
        slots.get(1),
        users,
        Set.copyOf(cohorts),
        Set.copyOf(headers));
  }

  private static void name(String kind, String name, Set<String> seen, Problems problems) {
    problems
        .require(name.matches(NAME), kind + " '" + name + "': expected a name of HAProxy's")
        .require(seen.add(kind + " " + name), kind + " '" + name + "' stands there twice");
  }
}
