package io.bellwether.routing.local;

import static java.util.Objects.requireNonNull;

import io.bellwether.routing.Audience;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A split's audiences, sorted so that asking allocates nothing: names first, then host code. */
final class TargetedUsers {
  private record Cohort(String name, Predicate<? super String> members) {}

  private final String release;
  private final Faults faults;
  private final boolean nobody;
  private final Set<String> users = new HashSet<>();
  private final Cohort[] cohorts;
  private final Audience.Header[] headersAsked;

  /**
   * Sorts the audiences.
   *
   * @param known the router's cohorts by name, among them every cohort of the audiences
   */
  TargetedUsers(
      String release,
      List<Audience> audiences,
      Map<String, Predicate<? super String>> known,
      Faults faults) {
    this.release = release;
    this.faults = faults;
    this.nobody = audiences.isEmpty();
    var cohorts = new ArrayList<Cohort>();
    var headers = new ArrayList<Audience.Header>();
    for (var audience : audiences) {
      if (audience instanceof Audience.Users named) {
        users.addAll(named.keys());
      } else if (audience instanceof Audience.Cohort cohort) {
        cohorts.add(new Cohort(cohort.name(), requireNonNull(known.get(cohort.name()))));
      } else {
        headers.add((Audience.Header) audience);
      }
    }
    this.cohorts = cohorts.toArray(Cohort[]::new);
    this.headersAsked = headers.toArray(Audience.Header[]::new);
  }

  /** Whether any audience wants this request. */
  boolean include(String key, RequestHeaders headers) {
    return !nobody && (users.contains(key) || cohortOf(key) != null || headerOf(headers) != null);
  }

  /** The audience that wants this request, as the end of a sentence. */
  Optional<String> reason(String key, RequestHeaders headers) {
    if (users.contains(key)) {
      return Optional.of("being named in its audience");
    }
    var cohort = cohortOf(key);
    if (cohort != null) {
      return Optional.of("being in cohort " + cohort.name());
    }
    return Optional.ofNullable(headerOf(headers))
        .map(header -> "as the request carries header " + header.name());
  }

  private @Nullable Cohort cohortOf(String key) {
    for (var cohort : cohorts) {
      try {
        if (cohort.members().test(key)) {
          return cohort;
        }
      } catch (Throwable fault) {
        faults.report(
            release, "cohort '" + cohort.name() + "'", "the user counts as no member", fault);
      }
    }
    return null;
  }

  private Audience.@Nullable Header headerOf(RequestHeaders headers) {
    for (var header : headersAsked) {
      try {
        if (headers.carry(header)) {
          return header;
        }
      } catch (Throwable fault) {
        faults.report(release, "the request's headers", "it counts as having none", fault);
      }
    }
    return null;
  }
}
