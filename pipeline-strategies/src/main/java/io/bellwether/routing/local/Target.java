package io.bellwether.routing.local;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Whom a split sends to the candidate whatever its weight; asking allocates and throws nothing. */
interface Target {
  /** Whether this request goes to the candidate. */
  boolean wants(String key, RequestHeaders headers);

  /** Why it does, as the end of a sentence that names no member and no header's value. */
  Optional<String> reason(String key, RequestHeaders headers);

  /** A target that wants what any of these wants. */
  static Target any(List<Target> targets) {
    return targets.stream().reduce(Either::new).orElse(Nobody.INSTANCE);
  }

  /** What is left when there is no audience. */
  enum Nobody implements Target {
    INSTANCE;

    @Override
    public boolean wants(String key, RequestHeaders headers) {
      return false;
    }

    @Override
    public Optional<String> reason(String key, RequestHeaders headers) {
      return Optional.empty();
    }
  }

  /**
   * Two targets. A chain of pairs becomes straight code, where a loop over the few targets of a
   * split costs more than asking them.
   */
  record Either(Target first, Target second) implements Target {
    @Override
    public boolean wants(String key, RequestHeaders headers) {
      return first.wants(key, headers) || second.wants(key, headers);
    }

    @Override
    public Optional<String> reason(String key, RequestHeaders headers) {
      return first.reason(key, headers).or(() -> second.reason(key, headers));
    }
  }

  /** Users by name. */
  record Named(Set<String> users) implements Target {
    @Override
    public boolean wants(String key, RequestHeaders headers) {
      return users.contains(key);
    }

    @Override
    public Optional<String> reason(String key, RequestHeaders headers) {
      return wants(key, headers) ? Optional.of("being named in its audience") : Optional.empty();
    }
  }

  /** Members of a cohort, by the host's predicate. */
  record Members(String cohort, Predicate<? super String> predicate, Faults faults)
      implements Target {
    @Override
    public boolean wants(String key, RequestHeaders headers) {
      try {
        return predicate.test(key);
      } catch (Throwable fault) {
        faults.report("cohort '" + cohort + "'", "its users count as no members", fault);
        return false;
      }
    }

    @Override
    public Optional<String> reason(String key, RequestHeaders headers) {
      return wants(key, headers) ? Optional.of("being in cohort " + cohort) : Optional.empty();
    }
  }

  /** Requests with a header, by the host's look-up. */
  record Carriers(String name, String value, Faults faults) implements Target {
    @Override
    public boolean wants(String key, RequestHeaders headers) {
      try {
        return headers.carry(name, value);
      } catch (Throwable fault) {
        faults.report("header '" + name + "'", "the request counts as without it", fault);
        return false;
      }
    }

    @Override
    public Optional<String> reason(String key, RequestHeaders headers) {
      return wants(key, headers)
          ? Optional.of("as the request carries header " + name)
          : Optional.empty();
    }
  }
}
