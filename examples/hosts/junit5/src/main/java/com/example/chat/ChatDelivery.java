package com.example.chat;

import io.bellwether.alerting.AlertRouterBuilder;
import io.bellwether.alerting.notice.Receiver;
import io.bellwether.gate.Gates;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** How this host delivers its prompts, and who is told. */
public final class ChatDelivery {
  private ChatDelivery() {}

  /** A few users first. */
  public static DeploymentStrategy canary() {
    return DeploymentStrategy.canary(
        "chat",
        c ->
            c.step(10, Duration.ofMinutes(5))
                .step(50, Duration.ofMinutes(5))
                .step(100, Duration.ofMinutes(5))
                .gates(Gates.canaryDefaults()));
  }

  /** Whoever is on call gets what is critical, the team's channel the rest. */
  public static UnaryOperator<AlertRouterBuilder> routes(Receiver onCall, Receiver channel) {
    return routes -> routes.critical(onCall).otherwise(channel);
  }
}
