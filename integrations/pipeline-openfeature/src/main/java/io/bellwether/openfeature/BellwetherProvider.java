package io.bellwether.openfeature;

import static java.util.Objects.requireNonNull;

import dev.openfeature.sdk.EvaluationContext;
import dev.openfeature.sdk.EventProvider;
import dev.openfeature.sdk.Metadata;
import dev.openfeature.sdk.ProviderEvaluation;
import dev.openfeature.sdk.ProviderEventDetails;
import dev.openfeature.sdk.TrackingEventDetails;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.FlagNotFoundError;
import dev.openfeature.sdk.exceptions.ProviderNotReadyError;
import dev.openfeature.sdk.exceptions.TargetingKeyMissingError;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.routing.local.RoutingDecision;
import io.bellwether.routing.local.RoutingDecision.Rule;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Serves releases as OpenFeature flags: the flag's key is the release's name, the targeting key is
 * the user, and the attributes of the context stand for headers. Thread-safe.
 *
 * <p>A string is the id of the version the user gets, a boolean says whether that is the candidate,
 * an object has {@code release}, {@code version} and {@code candidate}; a number is a type mismatch
 * unless {@link BellwetherProviderBuilder#values} says what the flag's values are. The variant is
 * {@code stable} or {@code candidate}.
 *
 * <table>
 *   <caption>Reasons</caption>
 *   <tr><th>reason</th><th>when</th></tr>
 *   <tr><td>STATIC</td><td>no rollout is under way: everybody gets the stable version</td></tr>
 *   <tr><td>SPLIT</td><td>the user's place was compared with the candidate's weight</td></tr>
 *   <tr><td>TARGETING_MATCH</td><td>the user belongs to an audience</td></tr>
 *   <tr><td>DEFAULT</td><td>without targeting key: stable, as the router has it</td></tr>
 *   <tr><td>ERROR</td><td>FLAG_NOT_FOUND for a release nobody knows, TYPE_MISMATCH,
 *       PROVIDER_NOT_READY before it is initialised and after it was shut down, and
 *       TARGETING_KEY_MISSING where {@link BellwetherProviderBuilder#requireTargetingKey} was
 *       asked for</td></tr>
 * </table>
 *
 * <p>The flag's metadata say {@code release}, {@code version}, {@code rule}, {@code explanation}
 * and the user's {@code position}.
 */
public final class BellwetherProvider extends EventProvider {
  private final LocalRouters routers;
  private final FlagValues values;
  private final boolean keyRequired;
  private final Tracked tracked;
  private volatile boolean ready;

  BellwetherProvider(LocalRouters routers, FlagValues values, boolean keyRequired) {
    this.routers = routers;
    this.values = values;
    this.keyRequired = keyRequired;
    this.tracked = new Tracked(routers.windows());
  }

  /** Serves every release these routers know, now or later. */
  public static BellwetherProvider of(LocalRouters routers) {
    return create(routers, provider -> provider);
  }

  /** Serves every release these routers know, with these settings. */
  public static BellwetherProvider create(
      LocalRouters routers, UnaryOperator<BellwetherProviderBuilder> settings) {
    requireNonNull(routers, "routers: say whose versions to serve");
    return settings.apply(new BellwetherProviderBuilder(routers)).build();
  }

  /**
   * This router, with PROVIDER_CONFIGURATION_CHANGED after every change of a split: give it to the
   * runtime in place of the router itself.
   */
  public TrafficRouter announcing(TrafficRouter router) {
    return new AnnouncingRouter(router, this::changed);
  }

  @Override
  public Metadata getMetadata() {
    return () -> "bellwether";
  }

  @Override
  public void initialize(EvaluationContext context) {
    ready = true;
  }

  @Override
  public void shutdown() {
    ready = false;
    super.shutdown();
  }

  @Override
  public ProviderEvaluation<Boolean> getBooleanEvaluation(
      String key, Boolean otherwise, EvaluationContext context) {
    return evaluate(key, context, values::flag);
  }

  @Override
  public ProviderEvaluation<String> getStringEvaluation(
      String key, String otherwise, EvaluationContext context) {
    return evaluate(key, context, values::text);
  }

  @Override
  public ProviderEvaluation<Integer> getIntegerEvaluation(
      String key, Integer otherwise, EvaluationContext context) {
    return evaluate(key, context, values::integer);
  }

  @Override
  public ProviderEvaluation<Double> getDoubleEvaluation(
      String key, Double otherwise, EvaluationContext context) {
    return evaluate(key, context, values::number);
  }

  @Override
  public ProviderEvaluation<Value> getObjectEvaluation(
      String key, Value otherwise, EvaluationContext context) {
    return evaluate(key, context, values::object);
  }

  /**
   * Records the outcome of a request: the event's name is the release's, its value the latency in
   * milliseconds. Attributes: {@code outcome} ({@code success} unless said otherwise, {@code
   * empty}, {@code rate_limited}, {@code timeout}, or the kind of an error), {@code tokens}, and
   * {@code version}, which matters where the weight may have changed since the flag was asked for.
   * Events of other names are somebody else's; one without latency is left out and logged once.
   */
  @Override
  public void track(
      String event, @Nullable EvaluationContext context, @Nullable TrackingEventDetails details) {
    if (ready && event != null && known(event) && details != null) {
      tracked.record(event, details, () -> decide(router(event), context).version());
    }
  }

  private <T> ProviderEvaluation<T> evaluate(
      String key, @Nullable EvaluationContext context, Reading<T> reading) {
    if (!ready) {
      throw new ProviderNotReadyError("bellwether is not initialised, or was shut down");
    }
    var router = router(key);
    var split = router.read(router.release().name());
    var decision = decide(router, context);
    if (keyRequired && split.hasCandidate() && decision.rule() == Rule.NO_KEY) {
      throw new TargetingKeyMissingError(
          "'" + key + "' is being rolled out: give the user as targeting key");
    }
    var answer = new Answer(split, decision);
    return answer.evaluation(reading.read(key, answer));
  }

  private static RoutingDecision decide(LocalRouter router, @Nullable EvaluationContext context) {
    return context == null
        ? router.explain(null)
        : router.explain(context.getTargetingKey(), new ContextHeaders(context));
  }

  private boolean known(String release) {
    try {
      routers.router(release);
      return true;
    } catch (IllegalArgumentException unknown) {
      return false;
    }
  }

  private LocalRouter router(String key) {
    try {
      return routers.router(key);
    } catch (IllegalArgumentException unknown) {
      throw new FlagNotFoundError(unknown.getMessage());
    }
  }

  private void changed(String release) {
    if (ready) {
      emitProviderConfigurationChanged(
          ProviderEventDetails.builder()
              .flagsChanged(List.of(release))
              .message("the traffic of '" + release + "' is divided anew")
              .build());
    }
  }

  /** How a flag's answer is read as one type. */
  private interface Reading<T> {
    T read(String key, Answer answer);
  }
}
