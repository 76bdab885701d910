package io.bellwether.slo;

import static java.util.Objects.requireNonNull;

import io.bellwether.release.ChangeKind;
import io.bellwether.slo.Permission.Requirement;
import java.util.EnumMap;
import java.util.Map;

/**
 * Something that is to be deployed, and who stands for it. Immutable and thread-safe.
 *
 * @param what in words, such as {@code support-prompt v7}
 * @param kind what kind of change it is
 * @param doneBy what was done before, and by whom
 */
public record Change(String what, ChangeKind kind, Map<Requirement, String> doneBy) {
  /** Copies the map, and refuses what nobody did. */
  public Change {
    requireNonNull(what, "change: say what is deployed");
    requireNonNull(kind, () -> "change '" + what + "': say what kind it is");
    doneBy = Map.copyOf(doneBy);
    doneBy.forEach(
        (requirement, who) -> {
          if (who.isBlank()) {
            throw new IllegalArgumentException(
                requirement + " by '': somebody has to have done it");
          }
        });
  }

  /** A change nobody has looked at yet. */
  public static Change of(String what, ChangeKind kind) {
    return new Change(what, kind, Map.of());
  }

  /** The same after an enhanced review. */
  public Change reviewed(String by) {
    return done(Requirement.ENHANCED_REVIEW, by);
  }

  /** The same with the approval of a vice president. */
  public Change approvedByVp(String by) {
    return done(Requirement.VP_APPROVAL, by);
  }

  private Change done(Requirement requirement, String by) {
    var more = new EnumMap<Requirement, String>(Requirement.class);
    more.putAll(doneBy);
    more.put(requirement, by);
    return new Change(what, kind, more);
  }

  /** For example {@code FEATURE support-prompt v7}. */
  @Override
  public String toString() {
    return kind + " " + what;
  }
}
