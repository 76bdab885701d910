package io.bellwether.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.notice.Delivery;
import io.bellwether.alerting.notice.Failure;
import io.bellwether.alerting.receiver.LambdaReceiver;
import io.bellwether.testing.VirtualTime;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class AlertMetersTest {
  @Test
  void attempts_are_counted_by_what_came_of_them() {
    var registry = new SimpleMeterRegistry();
    var meters = AlertMeters.of(registry);
    var time = VirtualTime.create();
    var answers =
        new ArrayDeque<>(
            List.of(Delivery.retry(Failure.RATE_LIMITED, "429"), Delivery.delivered()));
    var receiver =
        LambdaReceiver.of("ops", n -> CompletableFuture.completedFuture(answers.remove()));
    try (var router =
        AlertRouter.create(r -> r.time(time.source()).critical(receiver).listener(meters))) {
      meters.queues(router);
      router.notify(Alert.of("down", Severity.CRITICAL, time.instant(), alert -> alert.firing()));
      time.advance(Duration.ofSeconds(5));
    }

    assertThat(
            registry
                .get("bellwether.alert.notifications")
                .tags("receiver", "ops", "outcome", "retry", "failure", "rateLimited")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(
            registry
                .get("bellwether.alert.notifications")
                .tags("outcome", "delivered", "failure", "none", "reason", "first")
                .counter()
                .count())
        .isEqualTo(1);
    assertThat(registry.get("bellwether.alert.delivery").timer().count()).isEqualTo(1);
    assertThat(registry.get("bellwether.alert.queue").tag("receiver", "ops").gauge().value())
        .isZero();
  }
}
