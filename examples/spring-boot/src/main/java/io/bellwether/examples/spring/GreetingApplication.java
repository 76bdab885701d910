package io.bellwether.examples.spring;

import io.bellwether.gate.MetricGate;
import io.bellwether.strategy.DeploymentStrategy;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application; the starter brings everything but the plan. */
@SpringBootApplication(proxyBeanMethods = false)
public class GreetingApplication {
  /** Starts it on port 8080 of this machine. */
  public static void main(String... arguments) {
    SpringApplication.run(GreetingApplication.class, arguments);
  }

  /** How a greeting is rolled out, and gone on with after a restart. */
  @Bean
  DeploymentStrategy greetingCanary(MetricGate gate) {
    return DeploymentStrategy.canary(
        "greeting",
        c ->
            c.step(50, Duration.ofMinutes(10)).step(100, Duration.ofMinutes(15)).gates(gate));
  }
}
