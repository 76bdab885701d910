package io.bellwether.incident;

import io.bellwether.gate.Evidence;
import io.bellwether.gate.MetricGate;
import io.bellwether.health.HealthRegistry;
import io.bellwether.health.HealthStatus;
import io.bellwether.pipeline.stage.SmokeTests;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether one thing is well again after an incident. May block and may throw. */
public interface RecoveryCheck {
  /** What is looked at, for people. */
  String name();

  /**
   * Looks.
   *
   * @return what is still wrong; empty when all is well
   * @throws InterruptedException if the thread is interrupted while it waits
   */
  Optional<String> look() throws InterruptedException;

  /** Something of the host's. */
  static RecoveryCheck of(String name, Supplier<Optional<String>> look) {
    return new RecoveryCheck() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Optional<String> look() {
        return look.get();
      }
    };
  }

  /** Every health check is OK. */
  static RecoveryCheck health(HealthRegistry health) {
    return of(
        "health",
        () -> {
          var report = health.checkNow().toCompletableFuture().join();
          return report.status() == HealthStatus.OK
              ? Optional.empty()
              : Optional.of(report.toString());
        });
  }

  /** The gate passes: the metrics are normal, on enough requests. */
  static RecoveryCheck metrics(MetricGate gate, Supplier<Evidence> evidence) {
    return of(
        "metrics",
        () -> {
          var verdict = gate.evaluate(evidence.get());
          return verdict.passed() ? Optional.empty() : Optional.of(verdict.toString());
        });
  }

  /** Sample requests are answered as expected. */
  static RecoveryCheck sampleRequests(SmokeTests requests) {
    return new RecoveryCheck() {
      @Override
      public String name() {
        return "sample requests";
      }

      @Override
      public Optional<String> look() throws InterruptedException {
        return requests.run().stream()
            .filter(finding -> !finding.passed())
            .map(SmokeTests.Finding::toString)
            .findFirst();
      }
    };
  }
}
