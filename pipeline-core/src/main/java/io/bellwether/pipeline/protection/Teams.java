package io.bellwether.pipeline.protection;

import java.util.Map;
import java.util.Set;

/** The port that knows who is in which team. Asked at every look; may block and may throw. */
@FunctionalInterface
public interface Teams {
  /** Whether this person is in this team now. */
  boolean isMember(String team, String person);

  /** Teams that never change. */
  static Teams of(Map<String, Set<String>> members) {
    var known = Map.copyOf(members);
    return (team, person) -> known.getOrDefault(team, Set.of()).contains(person);
  }

  /** No teams at all. */
  static Teams none() {
    return (team, person) -> false;
  }
}
