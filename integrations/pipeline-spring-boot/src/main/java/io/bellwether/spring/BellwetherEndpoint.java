package io.bellwether.spring;

import java.util.Map;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.actuate.endpoint.web.annotation.WebEndpoint;

/**
 * Shows releases and their rollouts: {@code GET /actuator/bellwether} and {@code GET
 * /actuator/bellwether/support-prompt}. Not exposed unless the host says so with {@code
 * management.endpoints.web.exposure.include}. Thread-safe.
 */
@WebEndpoint(id = "bellwether")
public class BellwetherEndpoint {
  private final RolloutView rollouts;

  BellwetherEndpoint(RolloutView rollouts) {
    this.rollouts = rollouts;
  }

  /** Every release with its stable version and the rollout under way. */
  @ReadOperation
  public Map<String, Object> releases() {
    return rollouts.all();
  }

  /** One release, with its past rollouts and the journal of the one under way; 404 if unknown. */
  @ReadOperation
  public WebEndpointResponse<Map<String, Object>> release(@Selector String release) {
    return rollouts.knows(release)
        ? new WebEndpointResponse<>(rollouts.one(release))
        : notFound(release);
  }

  static WebEndpointResponse<Map<String, Object>> notFound(String release) {
    return problem(WebEndpointResponse.STATUS_NOT_FOUND, "release '" + release + "' is unknown");
  }

  static WebEndpointResponse<Map<String, Object>> problem(int status, String text) {
    return new WebEndpointResponse<>(Map.of("problem", text), status);
  }
}
