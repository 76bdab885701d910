package io.bellwether.haproxy;

import static java.util.stream.Collectors.joining;

import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What HAProxy keeps for the router: which version has which slot, and what was asked for. The
 * weight in it counts only while the servers have the weights that were made of it.
 *
 * @param tenants the version in each slot, by the slot's name; at most two
 * @param stable the slot that serves everybody else
 * @param candidate whether the other slot has a candidate, or only a version that was there once
 * @param weight the candidate's, as it was asked for
 * @param audiences as they were asked for
 */
record Note(
    Map<String, Version> tenants,
    String stable,
    boolean candidate,
    Weight weight,
    List<Audience> audiences) {

  Note {
    tenants = Map.copyOf(tenants);
    audiences = List.copyOf(audiences);
  }

  /** The note for a split, after what was known before. */
  static Note of(TrafficSplit split, Wiring wiring, Seating seating, Optional<Note> before) {
    var stable = seating.ofStable(split.stable(), split.candidate());
    var idle = wiring.besides(stable).name();
    var tenants = new TreeMap<String, Version>();
    before.map(note -> note.tenants().get(idle)).ifPresent(old -> tenants.put(idle, old));
    if (split.hasCandidate()) {
      tenants.put(idle, split.candidate());
    }
    tenants.put(stable.name(), split.stable());
    return new Note(
        tenants, stable.name(), split.hasCandidate(), split.weight(), split.audiences());
  }

  /** The split this note was made of. */
  TrafficSplit split(Wiring wiring) {
    var stableVersion = tenant(stable);
    var idle = wiring.besides(wiring.slot(stable)).name();
    return candidate
        ? new TrafficSplit(
            wiring.release(), stableVersion, tenant(idle), weight, Weight.ZERO, audiences)
        : TrafficSplit.stable(wiring.release(), stableVersion);
  }

  private Version tenant(String slot) {
    return Optional.ofNullable(tenants.get(slot)).orElseThrow();
  }

  /** One word without blanks. */
  String text() {
    return Stream.concat(
            Stream.concat(
                new TreeMap<>(tenants)
                    .entrySet().stream()
                        .map(
                            seat ->
                                "in:" + seat.getKey() + "=" + Keys.encoded(seat.getValue().id())),
                Stream.of(
                    "stable=" + stable, "candidate=" + candidate, "weight=" + weight.percent())),
            audiences.stream().map(Note::text))
        .collect(joining("&"));
  }

  private static String text(Audience audience) {
    if (audience instanceof Audience.Users users) {
      return "users="
          + new TreeSet<>(users.keys()).stream().map(Keys::encoded).collect(joining(","));
    }
    if (audience instanceof Audience.Header header) {
      return "header=" + Keys.encoded(header.name()) + "," + Keys.encoded(header.value());
    }
    return "cohort=" + Keys.encoded(((Audience.Cohort) audience).name());
  }

  /** The note in this text; empty if it is none that could be of this wiring. */
  static Optional<Note> parse(String text, Wiring wiring) {
    var tenants = new TreeMap<String, Version>();
    var single = new TreeMap<String, String>();
    var audiences = new ArrayList<Audience>();
    try {
      for (var part : text.split("&", -1)) {
        var name = part.substring(0, part.indexOf('='));
        var value = part.substring(part.indexOf('=') + 1);
        if (name.startsWith("in:")) {
          tenants.put(name.substring(3), Version.version(decoded(value)));
        } else if (!audience(name, value, audiences)) {
          single.put(name, value);
        }
      }
      var note =
          new Note(
              tenants,
              single.getOrDefault("stable", ""),
              Boolean.parseBoolean(single.get("candidate")),
              Weight.percent(Double.parseDouble(single.getOrDefault("weight", ""))),
              audiences);
      return Optional.of(note).filter(found -> found.fits(wiring));
    } catch (IllegalArgumentException | IndexOutOfBoundsException notOurs) {
      return Optional.empty();
    }
  }

  /** Slots of other names are those of a configuration that was. */
  private boolean fits(Wiring wiring) {
    var idle = wiring.besides(wiring.slot(stable)).name();
    return wiring.slot(stable).name().equals(stable)
        && tenants.containsKey(stable)
        && (!candidate || tenants.containsKey(idle));
  }

  private static boolean audience(String name, String value, List<Audience> audiences) {
    var values = Stream.of(value.split(",", -1)).map(Note::decoded).toArray(String[]::new);
    switch (name) {
      case "users" -> audiences.add(Audience.users(values));
      case "cohort" -> audiences.add(Audience.cohort(values[0]));
      case "header" -> audiences.add(Audience.header(values[0], values[1]));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
