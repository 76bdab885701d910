package io.bellwether.routing.local;

import io.bellwether.routing.Audience;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** An audience as the request path asks it: it allocates nothing and never throws. */
interface Target {
  /** Whether this audience takes the request to the candidate. */
  boolean wants(String key, RequestHeaders headers);

  /** Why, as the end of a sentence; never a member or a header's value. */
  String reason();

  /** Users by name. */
  record Named(Set<String> users) implements Target {
    static Named of(Audience.Users audience) {
      return new Named(new HashSet<>(audience.keys())); // looks up faster than a Set.copyOf
    }

    @Override
    public boolean wants(String key, RequestHeaders headers) {
      return users.contains(key);
    }

    @Override
    public String reason() {
      return "being named in its audience";
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
    public String reason() {
      return "being in cohort " + cohort;
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
    public String reason() {
      return "as the request carries header " + name;
    }
  }
}
