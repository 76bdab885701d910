package io.bellwether.pipeline.protection;

import io.bellwether.release.ChangeKind;
import io.bellwether.rollout.Clearance;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * A time in which nothing is deployed, but for what is excepted; the way back is always free.
 *
 * @param reason why, such as {@code year end}
 * @param from begins, inside
 * @param to ends, outside; after {@code from}
 * @param excepted what may be deployed all the same
 */
public record Freeze(String reason, Instant from, Instant to, Set<ChangeKind> excepted)
    implements ProtectionRule {
  /** Refuses a freeze that never holds. */
  public Freeze {
    excepted = Set.copyOf(excepted);
    if (!to.isAfter(from)) {
      throw new IllegalArgumentException(
          "freeze '" + reason + "' ends at " + to + ", which is not after " + from);
    }
  }

  /** Nothing is deployed between two times on the calendar of a place. */
  public static Freeze between(String reason, LocalDateTime from, LocalDateTime to, ZoneId zone) {
    return new Freeze(reason, from.atZone(zone).toInstant(), to.atZone(zone).toInstant(), Set.of());
  }

  /** The same, but for these kinds of change. */
  public Freeze except(ChangeKind first, ChangeKind... others) {
    return new Freeze(reason, from, to, EnumSet.of(first, others));
  }

  @Override
  public String name() {
    return "freeze";
  }

  @Override
  public Clearance look(ProtectionRequest request, Instant now) {
    if (now.isBefore(from) || !now.isBefore(to)) {
      return new Clearance(Clearance.Decision.GO, "no freeze");
    }
    var change = request.trigger().change();
    return change == ChangeKind.ROLLBACK || excepted.contains(change)
        ? new Clearance(Clearance.Decision.GO, reason + " excepts " + change)
        : Clearance.waitFor(reason + " until " + to);
  }
}
