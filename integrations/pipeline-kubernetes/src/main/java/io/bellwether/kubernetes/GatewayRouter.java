package io.bellwether.kubernetes;

import io.bellwether.Problems;
import io.bellwether.release.Release;
import io.bellwether.release.Version;
import io.bellwether.routing.Audience;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import io.bellwether.routing.UserHash;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRoute;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteBuilder;
import io.fabric8.kubernetes.api.model.gatewayapi.v1.HTTPRouteRule;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Divides traffic by the weights of an HTTPRoute of the Gateway API, with a Service for each
 * version.
 *
 * <p>A split is written at once by a server-side apply as field manager {@value #MANAGER}, with the
 * resource version that was read: whoever changed the route meanwhile is not written over, the
 * split is made anew of what he left. Weights are thousandths of a point. Header audiences become a
 * rule before the divided one; users and cohorts, which a route cannot know, are refused, and so is
 * mirroring.
 *
 * <p>The rules of a route are one field to the API server: this router owns the list, keeps in it
 * what is not of the release, and takes it over from whoever applied it first. Apply the route
 * without its rules from then on, or another tool and this router undo each other's.
 *
 * <p>A gateway takes up a route some time after the API server has it; what is read is the route.
 * Thread-safe; calls block as long as the client's request timeout allows.
 */
public final class GatewayRouter implements TrafficRouter {
  /** The field manager this router writes as. */
  public static final String MANAGER = "bellwether";

  private static final String NOTE = "bellwether.io/split-of-";
  private static final int ATTEMPTS = 10;

  private final KubernetesClient client;
  private final String namespace;
  private final Map<String, Wiring> releases;

  /** The route of a release, and the Services of its versions. */
  private record Wiring(String route, RouteRules rules) {}

  private GatewayRouter(KubernetesClient client, String namespace, Map<String, Wiring> releases) {
    this.client = client;
    this.namespace = namespace;
    this.releases = Map.copyOf(releases);
  }

  /** A router of routes in this namespace that has no release yet. The client stays the host's. */
  public static GatewayRouter of(KubernetesClient client, String namespace) {
    return new GatewayRouter(client, namespace, Map.of());
  }

  /**
   * This router with a release more.
   *
   * @param release its name
   * @param route the HTTPRoute that serves it; it exists, with a rule that sends to a version
   * @param services the Service of each version
   */
  public GatewayRouter release(String release, String route, Function<Version, String> services) {
    var problems = new Problems();
    Release.nameProblem(release).ifPresent(problems::add);
    problems
        .require(!route.isBlank(), "route of '" + release + "': its name is blank")
        .require(!releases.containsKey(release), "release '" + release + "' is wired twice")
        .throwIfAny("router of namespace '" + namespace + "'");
    var more = new TreeMap<>(releases);
    more.put(release, new Wiring(route, new RouteRules(services)));
    return new GatewayRouter(client, namespace, more);
  }

  @Override
  public void apply(TrafficSplit split) {
    var problems = new Problems();
    problems(split).forEach(problems::add);
    problems.throwIfAny("split [" + split + "] for namespace '" + namespace + "'");
    var wiring = wiring(split.release());
    for (var attempt = 1; !written(split, wiring, attempt); attempt++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new KubernetesRoutingException("interrupted while changing route " + wiring.route());
      }
    }
  }

  /** Whether it is; not when somebody else was faster. */
  private boolean written(TrafficSplit split, Wiring wiring, int attempt) {
    var route = route(wiring);
    var before = note(split.release(), route);
    var rules = route.getSpec().getRules();
    if (!wiring.rules().sendsToAny(rules, split, before)) {
      throw new KubernetesRoutingException(
          "HTTPRoute "
              + namespace
              + "/"
              + wiring.route()
              + " has no rule that sends to a version of '"
              + split.release()
              + "'; write one with the Service of "
              + split.stable());
    }
    var changed = wiring.rules().with(split, rules, before);
    if (changed.equals(rules) && before.equals(Optional.of(split))) {
      return true;
    }
    try {
      write(split, wiring, route, changed);
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
        throw failed("change", wiring, e);
      }
      if (attempt == ATTEMPTS) {
        throw new KubernetesRoutingException(
            "HTTPRoute "
                + namespace
                + "/"
                + wiring.route()
                + " was changed by others at each of "
                + ATTEMPTS
                + " attempts; who else writes it?",
            e);
      }
      return false;
    }
  }

  private void write(
      TrafficSplit split, Wiring wiring, HTTPRoute found, List<HTTPRouteRule> rules) {
    var ours =
        new HTTPRouteBuilder()
            .withNewMetadata()
            .withName(wiring.route())
            .withNamespace(namespace)
            .withResourceVersion(found.getMetadata().getResourceVersion())
            .addToAnnotations(annotation(split.release()), Note.of(split))
            .endMetadata()
            .withNewSpec()
            .withRules(rules)
            .endSpec()
            .build();
    var serverSide =
        new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager(MANAGER)
            .withForce(true)
            .build();
    client.resource(ours).patch(serverSide);
  }

  @Override
  public TrafficSplit read(String release) {
    var wiring = wiring(release);
    var route = route(wiring);
    var note =
        note(release, route)
            .orElseThrow(
                () ->
                    new KubernetesRoutingException(
                        "HTTPRoute "
                            + namespace
                            + "/"
                            + wiring.route()
                            + " has no annotation "
                            + annotation(release)
                            + ", so nobody can tell its versions; apply a split"));
    return wiring.rules().read(note, route.getSpec().getRules());
  }

  @Override
  public List<String> problems(TrafficSplit split) {
    var problems = new Problems();
    problems
        .require(releases.containsKey(split.release()), unknown(split.release()))
        .require(
            split.mirror().isZero(),
            split.mirror() + " mirrored: this router does not write mirror filters")
        .require(
            RouteRules.isFineEnough(split.weight()),
            "weight " + split.weight() + ": weights of a route are thousandths of a point");
    split.audiences().stream()
        .filter(audience -> !(audience instanceof Audience.Header))
        .forEach(audience -> problems.add(audience + ": a route knows headers only, use a header"));
    Optional.ofNullable(releases.get(split.release()))
        .ifPresent(wiring -> wiring.rules().check(split, problems));
    return problems.list();
  }

  private Wiring wiring(String release) {
    return Optional.ofNullable(releases.get(release))
        .orElseThrow(() -> new KubernetesRoutingException(unknown(release)));
  }

  private String unknown(String release) {
    return "release '"
        + release
        + "' is not wired to namespace '"
        + namespace
        + "', which knows "
        + new TreeMap<>(releases).keySet();
  }

  private HTTPRoute route(Wiring wiring) {
    HTTPRoute route;
    try {
      route =
          client.resources(HTTPRoute.class).inNamespace(namespace).withName(wiring.route()).get();
    } catch (KubernetesClientException e) {
      throw failed("read", wiring, e);
    }
    if (route == null || route.getSpec() == null) {
      throw new KubernetesRoutingException(
          "there is no HTTPRoute "
              + namespace
              + "/"
              + wiring.route()
              + "; create it, with a rule"
              + " that sends to the stable version's Service");
    }
    return route;
  }

  private KubernetesRoutingException failed(
      String deed, Wiring wiring, KubernetesClientException e) {
    return new KubernetesRoutingException(
        "could not "
            + deed
            + " HTTPRoute "
            + namespace
            + "/"
            + wiring.route()
            + ": "
            + e.getMessage(),
        e);
  }

  private static Optional<TrafficSplit> note(String release, HTTPRoute route) {
    var annotations = Optional.ofNullable(route.getMetadata().getAnnotations()).orElse(Map.of());
    return Optional.ofNullable(annotations.get(annotation(release)))
        .flatMap(text -> Note.parse(release, text));
  }

  /**
   * An annotation's name has at most 63 letters, digits, '-', '_' and '.', and ends with neither.
   */
  private static String annotation(String release) {
    return release.matches("[\\p{Alnum}._-]{0,49}\\p{Alnum}")
        ? NOTE + release
        : NOTE + Long.toHexString(UserHash.of(release).bits(""));
  }
}
