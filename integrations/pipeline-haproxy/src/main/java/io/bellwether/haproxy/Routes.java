package io.bellwether.haproxy;

import io.bellwether.Problems;
import io.bellwether.release.Version;
import io.bellwether.routing.TrafficSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Stream;

/**
 * One release in HAProxy: reads and changes everything that belongs to it. Not thread-safe; the
 * router lets one call in at a time.
 */
final class Routes {
  /** HAProxy reads a command into one buffer, of 16 kB unless configured. */
  private static final int LONGEST_NOTE = 15_000;

  private final Wiring wiring;
  private final Proxy proxy;

  /** What was last said about the versions: a HAProxy that was restarted has forgotten. */
  private Optional<Note> memory = Optional.empty();

  Routes(Wiring wiring, Proxy proxy) {
    this.wiring = wiring;
    this.proxy = proxy;
  }

  /** What HAProxy says at one moment. */
  private record Look(
      Map<String, String> entries, Map<String, Integer> weights, Optional<Note> note) {}

  private Look look(Deadline deadline) {
    var entries = proxy.entries(deadline);
    var weights = proxy.weights(wiring.backend(), deadline);
    var problems = new Problems();
    wiring.slots().stream()
        .flatMap(slot -> slot.servers().stream())
        .filter(server -> !weights.containsKey(server))
        .forEach(
            server ->
                problems.add(
                    "no server '"
                        + server
                        + "' in backend '"
                        + wiring.backend()
                        + "': it has "
                        + weights.keySet()));
    problems.throwIfAny("HAProxy's configuration for '" + wiring.release() + "'");
    var note =
        Optional.ofNullable(entries.get(Keys.note(wiring.release())))
            .flatMap(text -> Note.parse(text, wiring));
    return new Look(entries, weights, note);
  }

  TrafficSplit read(Deadline deadline) {
    var look = look(deadline);
    var note =
        look.note()
            .or(() -> memory)
            .orElseThrow(
                () ->
                    new HaproxyException(
                        "HAProxy has no note of '"
                            + wiring.release()
                            + "', so nobody can tell which version is in which slot: it was"
                            + " restarted, or never told; apply a split"));
    return new Observed(wiring, note, look.entries(), look.weights()).split();
  }

  void apply(TrafficSplit split, Deadline deadline) {
    var look = look(deadline);
    var known = look.note().or(() -> memory);
    var note = Note.of(split, wiring, new Seating(wiring, known, look.weights()), known);
    write(note, look, deadline);
    memory = Optional.of(note);
    move(note, look.weights(), deadline);
    invite(note, look.entries(), deadline);
  }

  private void write(Note note, Look look, Deadline deadline) {
    var key = Keys.note(wiring.release());
    var text = note.text();
    if (!text.equals(look.entries().get(key))) {
      proxy.put(key, text, look.entries().containsKey(key), deadline);
    }
  }

  /** Why HAProxy could not be told of this split. */
  Optional<String> sizeProblem(TrafficSplit split) {
    var seating = new Seating(wiring, Optional.empty(), unweighted());
    var length = Note.of(split, wiring, seating, Optional.empty()).text().length();
    return length <= LONGEST_NOTE
        ? Optional.empty()
        : Optional.of(
            "the audiences make a note of "
                + length
                + " bytes, expected at most "
                + LONGEST_NOTE
                + ": make a cohort of the users");
  }

  private Map<String, Integer> unweighted() {
    var weights = new TreeMap<String, Integer>();
    wiring.slots().forEach(slot -> slot.servers().forEach(server -> weights.put(server, 0)));
    return weights;
  }

  /** Raises before it lowers: the other way round there is a moment at which nobody serves. */
  private void move(Note note, Map<String, Integer> now, Deadline deadline) {
    var target = Targets.of(note, wiring);
    var stable = wiring.slot(note.stable());
    var idle = wiring.besides(stable);
    for (var raised : servers(stable, idle)) {
      weigh(raised, now, target, (from, to) -> from < to, deadline);
    }
    for (var lowered : servers(idle, stable)) {
      weigh(lowered, now, target, (from, to) -> from > to, deadline);
    }
  }

  private void weigh(
      String server,
      Map<String, Integer> now,
      Map<String, Integer> target,
      BiPredicate<Integer, Integer> wanted,
      Deadline deadline) {
    int to = target.getOrDefault(server, 0);
    if (wanted.test(now.getOrDefault(server, 0), to)) {
      proxy.weigh(wiring.backend(), server, to, deadline);
    }
  }

  private static List<String> servers(Slot first, Slot second) {
    return Stream.of(first, second).flatMap(slot -> slot.servers().stream()).toList();
  }

  private void invite(Note note, Map<String, String> now, Deadline deadline) {
    var wanted = Observed.guests(note, wiring);
    for (var key : ownKeys(now)) {
      if (!wanted.containsKey(key)) {
        proxy.remove(key, deadline);
      }
    }
    wanted.forEach(
        (key, slot) -> {
          if (!slot.equals(now.get(key))) {
            proxy.put(key, slot, now.containsKey(key), deadline);
          }
        });
  }

  private List<String> ownKeys(Map<String, String> entries) {
    var prefixes =
        Stream.of("user", "cohort", "header").map(kind -> Keys.prefix(wiring.release(), kind));
    var own = new TreeSet<String>();
    prefixes.forEach(
        prefix ->
            entries.keySet().stream().filter(key -> key.startsWith(prefix)).forEach(own::add));
    return new ArrayList<>(own);
  }

  /** Tells a HAProxy that has forgotten what it was last told; what that was. */
  Optional<TrafficSplit> remind(Deadline deadline) {
    if (memory.isEmpty() || look(deadline).note().isPresent()) {
      return Optional.empty();
    }
    var split = memory.get().split(wiring);
    apply(split, deadline);
    return Optional.of(split);
  }

  Slot slot(Version stable, Deadline deadline) {
    var look = look(deadline);
    var seating = new Seating(wiring, look.note().or(() -> memory), look.weights());
    return seating.of(stable).orElseGet(seating::active);
  }

  /** Whether a server of the version's slot is up; an unknown version is the next candidate. */
  boolean isUp(Version version, Deadline deadline) {
    var look = look(deadline);
    var seating = new Seating(wiring, look.note().or(() -> memory), look.weights());
    var slot = seating.of(version).orElseGet(() -> wiring.besides(seating.active()));
    return proxy.servers(deadline).stream()
        .filter(server -> server.backend().equals(wiring.backend()))
        .filter(server -> slot.servers().contains(server.name()))
        .anyMatch(Proxy.Server::isUp);
  }

  boolean isDrained(Version version, Deadline deadline) {
    var look = look(deadline);
    var seating = new Seating(wiring, look.note().or(() -> memory), look.weights());
    var seat = seating.of(version);
    if (seat.isEmpty()) {
      return true;
    }
    var slot = seat.get();
    return seating.weight(slot) == 0
        && ownKeys(look.entries()).stream()
            .noneMatch(key -> slot.name().equals(look.entries().get(key)))
        && inFlight(slot, deadline) == 0;
  }

  private long inFlight(Slot slot, Deadline deadline) {
    return proxy.servers(deadline).stream()
        .filter(
            server ->
                server.backend().equals(wiring.backend())
                    || server.backend().equals(wiring.audienceBackend(slot)))
        .filter(server -> slot.servers().contains(server.name()))
        .mapToLong(Proxy.Server::inFlight)
        .sum();
  }
}
