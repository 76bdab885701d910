package io.bellwether.alerting.internal.engine;

import io.bellwether.alerting.route.Silence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What follows from the inputs since the last look: notifications to send, things to remember. */
public final class Outbox {
  private final List<Sending> sendings = new ArrayList<>();
  private final List<String> givenUp = new ArrayList<>();
  private Set<ActiveAlert> alerts = new LinkedHashSet<>();
  private Set<Target> targets = new LinkedHashSet<>();
  private final Set<Storm> storms = new LinkedHashSet<>();
  private final Map<String, Optional<Silence>> silences = new LinkedHashMap<>();
  private final Map<String, Optional<Instant>> seen = new LinkedHashMap<>();

  private boolean remembers = true;

  Outbox() {}

  /** There is no store: what would be remembered is not collected from now on. */
  public void withoutMemory() {
    remembers = false;
  }

  void send(Sending sending) {
    sendings.add(sending);
  }

  void changed(ActiveAlert alert) {
    if (remembers) {
      alerts.add(alert);
    }
  }

  void changed(Target target) {
    if (remembers) {
      targets.add(target);
    }
  }

  void changed(Storm storm) {
    if (remembers) {
      storms.add(storm);
    }
  }

  void silence(String id, Optional<Silence> silence) {
    if (remembers) {
      silences.put(id, silence);
    }
  }

  void seen(String key, Optional<Instant> at) {
    if (remembers) {
      seen.put(key, at);
    }
  }

  void giveUp(String what) {
    givenUp.add(what);
  }

  /** Notifications to send, in order; after a look they are gone. */
  public List<Sending> takeSendings() {
    return sendings.isEmpty() ? List.of() : taken(sendings);
  }

  /** What nobody could be told of within a day; after a look it is gone. */
  public List<String> takeGivenUp() {
    return givenUp.isEmpty() ? List.of() : taken(givenUp);
  }

  private static <T> List<T> taken(List<T> list) {
    var copy = List.copyOf(list);
    list.clear();
    return copy;
  }

  /** Everything to remember, as records; after a look it is gone. */
  public Memory takeMemory() {
    if (alerts.isEmpty()
        && targets.isEmpty()
        && silences.isEmpty()
        && seen.isEmpty()
        && storms.isEmpty()) {
      return Memory.NONE;
    }
    var memory = Memory.of(alerts, targets, silences, seen, storms);
    alerts = emptied(alerts);
    targets = emptied(targets);
    silences.clear();
    seen.clear();
    storms.clear();
    return memory;
  }

  /** Clearing a set costs as much as it was ever large. */
  private static <T> Set<T> emptied(Set<T> set) {
    if (set.size() > 64) {
      return new LinkedHashSet<>();
    }
    set.clear();
    return set;
  }
}
