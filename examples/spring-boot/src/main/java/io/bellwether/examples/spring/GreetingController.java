package io.bellwether.examples.spring;

import io.bellwether.release.Version;
import io.bellwether.routing.local.LocalRouter;
import io.bellwether.routing.local.LocalRouters;
import io.bellwether.runtime.RolloutRuntime;
import io.bellwether.strategy.DeploymentStrategy;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Greets users, each with their version. */
@RestController
class GreetingController {
  private static final Map<String, String> GREETINGS = Map.of("v1", "Good day", "v2", "Hi");

  private final LocalRouter router;
  private final RolloutRuntime runtime;
  private final DeploymentStrategy canary;

  GreetingController(LocalRouters routers, RolloutRuntime runtime, DeploymentStrategy canary) {
    this.router = routers.router("greeting");
    this.runtime = runtime;
    this.canary = canary;
  }

  @GetMapping("/greeting")
  String greeting(@RequestParam String user) {
    return router.call(user, version -> GREETINGS.get(version.id()) + ", " + user);
  }

  @PostMapping("/rollout")
  String rollout(@RequestParam String version) {
    return runtime.start(canary, new Version(version)).id();
  }
}
