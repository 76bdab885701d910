package io.bellwether.kubernetes;

import io.bellwether.Problems;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.Weight;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRef;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPBackendRefBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPHeaderMatchBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatch;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteMatchBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRuleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules of a route for a split. A rule that sends to a version of the release is ours to
 * divide; everything else of it, and every other rule, stays as its owner wrote it.
 */
final class RouteRules {
  /** Weights are whole numbers: a point of a hundred is this many. */
  private static final int UNITS = 1_000;

  /** How many matches the Gateway API takes in a rule. */
  private static final int MOST_MATCHES = 64;

  private static final Pattern SERVICE = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

  private final Function<Version, String> services;

  RouteRules(Function<Version, String> services) {
    this.services = services;
  }

  /** The nearest weight there is. */
  static int units(Weight weight) {
    return (int) Math.round(weight.percent() * UNITS);
  }

  /** Whether a weight is not rounded to nothing or everything. */
  static boolean isFineEnough(Weight weight) {
    var units = units(weight);
    return (units > 0 || weight.isZero()) && (units < 100 * UNITS || weight.isFull());
  }

  /**
   * Names no Service can have, and one Service for both versions: the API server takes either, and
   * then requests fail, or the candidate's share goes to stable.
   */
  void check(TrafficSplit split, Problems problems) {
    var stable = services.apply(split.stable());
    var candidate = services.apply(split.candidate());
    checkName(split.stable(), stable, problems);
    if (split.hasCandidate()) {
      checkName(split.candidate(), candidate, problems);
      problems.require(
          !Objects.equals(stable, candidate),
          split.stable()
              + " and "
              + split.candidate()
              + " have one Service, '"
              + stable
              + "': nothing would be divided, give each version a Service");
    }
  }

  private static void checkName(Version version, @Nullable String service, Problems problems) {
    problems.require(
        service != null && SERVICE.matcher(service).matches(),
        "Service '"
            + service
            + "' of "
            + version
            + ": expected 1 to 63 lower-case letters, digits or '-', such as chat-v7");
  }

  /**
   * The rules as they have to be.
   *
   * @param now the rules there are
   * @param before the split they were made of; empty if they are not ours yet
   */
  List<HTTPRouteRule> with(
      TrafficSplit split, List<HTTPRouteRule> now, Optional<TrafficSplit> before) {
    var known = known(split, before);
    var rules = new ArrayList<HTTPRouteRule>();
    for (var rule : now) {
      if (before.filter(old -> isOfAudience(rule, old)).isPresent()) {
        continue;
      }
      if (!sendsToAny(rule, known)) {
        rules.add(rule);
        continue;
      }
      if (!split.audiences().isEmpty()) {
        rules.add(forAudience(rule, split, known));
      }
      rules.add(divided(rule, split, known));
    }
    return rules;
  }

  boolean sendsToAny(List<HTTPRouteRule> rules, TrafficSplit split, Optional<TrafficSplit> before) {
    return rules.stream().anyMatch(rule -> sendsToAny(rule, known(split, before)));
  }

  private Set<String> known(TrafficSplit split, Optional<TrafficSplit> before) {
    var known = new TreeSet<>(Set.of(services.apply(split.stable())));
    known.add(services.apply(split.candidate()));
    before.ifPresent(
        old -> {
          known.add(services.apply(old.stable()));
          known.add(services.apply(old.candidate()));
        });
    return known;
  }

  private static boolean sendsToAny(HTTPRouteRule rule, Set<String> known) {
    return rule.getBackendRefs().stream().anyMatch(ref -> known.contains(ref.getName()));
  }

  private HTTPRouteRule divided(HTTPRouteRule rule, TrafficSplit split, Set<String> known) {
    var like = like(rule, known);
    var refs = others(rule, known);
    refs.add(ref(like, split.stable(), 100 * UNITS - units(split.weight())));
    if (split.hasCandidate()) {
      refs.add(ref(like, split.candidate(), units(split.weight())));
    }
    return new HTTPRouteRuleBuilder(rule).withBackendRefs(refs).build();
  }

  private HTTPRouteRule forAudience(HTTPRouteRule rule, TrafficSplit split, Set<String> known) {
    var matches = new ArrayList<HTTPRouteMatch>();
    var basis = rule.getMatches().isEmpty() ? List.of(new HTTPRouteMatch()) : rule.getMatches();
    for (var match : basis) {
      for (var header : headers(split)) {
        matches.add(new HTTPRouteMatchBuilder(match).addToHeaders(header).build());
      }
    }
    if (matches.size() > MOST_MATCHES) {
      throw new KubernetesRoutingException(
          "the audiences of "
              + split.release()
              + " make a rule of "
              + matches.size()
              + " matches, the Gateway API takes "
              + MOST_MATCHES
              + ": use one header for all");
    }
    return new HTTPRouteRuleBuilder(rule)
        .withMatches(matches)
        .withBackendRefs(ref(like(rule, known), split.candidate(), 1))
        .build();
  }

  private static List<HTTPHeaderMatch> headers(TrafficSplit split) {
    return split.audiences().stream()
        .map(Audience.Header.class::cast)
        .map(
            header ->
                new HTTPHeaderMatchBuilder()
                    .withType("Exact")
                    .withName(header.name())
                    .withValue(header.value())
                    .build())
        .toList();
  }

  /** Whether a rule is what {@link #forAudience} made of a split. */
  private boolean isOfAudience(HTTPRouteRule rule, TrafficSplit split) {
    var headers = headers(split);
    return !headers.isEmpty()
        && rule.getBackendRefs().size() == 1
        && rule.getBackendRefs().get(0).getName().equals(services.apply(split.candidate()))
        && !rule.getMatches().isEmpty()
        && rule.getMatches().stream()
            .allMatch(match -> match.getHeaders().stream().anyMatch(headers::contains));
  }

  private static HTTPBackendRef like(HTTPRouteRule rule, Set<String> known) {
    return rule.getBackendRefs().stream()
        .filter(ref -> known.contains(ref.getName()))
        .findFirst()
        .orElseThrow();
  }

  private static List<HTTPBackendRef> others(HTTPRouteRule rule, Set<String> known) {
    var others = new ArrayList<>(rule.getBackendRefs());
    others.removeIf(ref -> known.contains(ref.getName()));
    return others;
  }

  /** Port, filters and namespace are those of the version that was there. */
  private HTTPBackendRef ref(HTTPBackendRef like, Version version, int weight) {
    return new HTTPBackendRefBuilder(like)
        .withName(services.apply(version))
        .withWeight(weight)
        .build();
  }

  /** The split the rules make, by their weights; the note's where they are as it made them. */
  TrafficSplit read(TrafficSplit note, List<HTTPRouteRule> rules) {
    if (rules.equals(with(note, rules, Optional.of(note)))) {
      return note;
    }
    var audiences = rules.stream().anyMatch(rule -> isOfAudience(rule, note));
    var weights =
        rules.stream()
            .filter(rule -> !isOfAudience(rule, note))
            .filter(rule -> sendsToAny(rule, known(note, Optional.empty())))
            .map(rule -> weight(rule, note))
            .distinct()
            .toList();
    if (weights.size() != 1) {
      throw new KubernetesRoutingException(
          "the route of '"
              + note.release()
              + "' sends "
              + weights
              + " of its rules' traffic to "
              + note.candidate()
              + ", expected one weight for all; apply a split");
    }
    return new TrafficSplit(
        note.release(),
        note.stable(),
        note.candidate(),
        note.hasCandidate() ? weights.get(0) : Weight.ZERO,
        Weight.ZERO,
        audiences ? note.audiences() : List.of());
  }

  private Weight weight(HTTPRouteRule rule, TrafficSplit note) {
    var candidate = sum(rule, services.apply(note.candidate()));
    var stable = sum(rule, services.apply(note.stable()));
    if (candidate + stable == 0) {
      throw new KubernetesRoutingException(
          "neither version of '"
              + note.release()
              + "' has weight in its route, so that every"
              + " request fails; apply a split");
    }
    return Weight.percent(100.0 * candidate / (candidate + stable));
  }

  /** Without a weight a reference counts one. */
  private static long sum(HTTPRouteRule rule, String service) {
    return rule.getBackendRefs().stream()
        .filter(ref -> ref.getName().equals(service))
        .mapToLong(ref -> ref.getWeight() == null ? 1 : ref.getWeight())
        .sum();
  }
}
