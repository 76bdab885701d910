package io.bellwether.spring;

import io.bellwether.BellwetherException;
import io.bellwether.runtime.Rollout;
import io.bellwether.runtime.RolloutRuntime;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * The endpoint with write operations, for hosts that set {@code
 * bellwether.endpoint.actions.enabled}: {@code POST /actuator/bellwether/support-prompt} with
 * {@code {"action": "abort", "reason": "…"}}. Thread-safe.
 *
 * <p>Actions are {@code approve}, {@code reject}, {@code pause}, {@code resume} and {@code abort}.
 * The actor is the authenticated user; a request without one is answered with 401 unless {@code
 * bellwether.endpoint.actions.allow-anonymous} is set.
 */
@WebEndpoint(id = "bellwether")
public class BellwetherActionsEndpoint extends BellwetherEndpoint {
  private static final int UNAUTHORIZED = 401;
  private static final int CONFLICT = 409;

  private final RolloutView rollouts;
  private final RolloutRuntime runtime;
  private final boolean allowAnonymous;

  BellwetherActionsEndpoint(RolloutView rollouts, RolloutRuntime runtime, boolean allowAnonymous) {
    super(rollouts);
    this.rollouts = rollouts;
    this.runtime = runtime;
    this.allowAnonymous = allowAnonymous;
  }

  /** Acts on the rollout under way of a release. */
  @WriteOperation
  public WebEndpointResponse<Map<String, Object>> act(
      SecurityContext security, @Selector String release, String action, String reason) {
    var principal = Optional.ofNullable(security.getPrincipal());
    if (principal.isEmpty() && !allowAnonymous) {
      return problem(UNAUTHORIZED, "sign in: rollouts are changed by people with a name");
    }
    if (!rollouts.knows(release)) {
      return notFound(release);
    }
    var rollout = runtime.current(release);
    if (rollout.isEmpty()) {
      return problem(CONFLICT, "no rollout of '" + release + "' is under way");
    }
    var actor = principal.map(Principal::getName).orElse("anonymous");
    return act(rollout.get(), action, actor, reason);
  }

  private static WebEndpointResponse<Map<String, Object>> act(
      Rollout rollout, String action, String actor, String reason) {
    try {
      switch (action) {
        case "approve" -> rollout.approve(actor, reason);
        case "reject" -> rollout.reject(actor, reason);
        case "pause" -> rollout.pause(actor, reason);
        case "resume" -> rollout.resume(actor);
        case "abort" -> rollout.abort(actor, reason);
        default -> {
          return problem(
              WebEndpointResponse.STATUS_BAD_REQUEST,
              "action '" + action + "': expected approve, reject, pause, resume or abort");
        }
      }
    } catch (BellwetherException refused) {
      return problem(CONFLICT, String.valueOf(refused.getMessage()));
    }
    return new WebEndpointResponse<>(
        Map.of("release", rollout.release(), "action", action, "actor", actor), 202);
  }
}
