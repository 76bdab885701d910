package io.bellwether.junit;

import static io.bellwether.junit.AlertAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.alerting.AlertRouter;
import io.bellwether.alerting.receiver.LogReceiver;
import io.bellwether.testing.VirtualTime;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoutingAssertTest {
  private final VirtualTime time = VirtualTime.create();
  private final AlertRouter router =
      AlertRouter.create(
          r ->
              r.time(time.source())
                  .critical(LogReceiver.named("pager"), LogReceiver.named("incidents"))
                  .inhibit(Severity.CRITICAL, Severity.WARNING, "release")
                  .otherwise(LogReceiver.named("channel")));

  @AfterEach
  void close() {
    router.close();
  }

  private Alert alert(Severity severity) {
    return Alert.of(
        "down", severity, time.instant(), alert -> alert.firing().label("release", "chat"));
  }

  @Test
  void it_says_who_would_be_told() {
    assertThat(router)
        .routes("severity", "critical", "alertname", "down")
        .to("pager", "incidents")
        .groupedBy(Map.of("alertname", "down"))
        .isNotMuted();
    assertThat(router).routes(alert(Severity.INFO)).to("channel");
  }

  @Test
  void it_says_what_is_muted() {
    router.notify(alert(Severity.CRITICAL));

    assertThat(router).routes(alert(Severity.WARNING)).isMuted();
  }

  @Test
  void a_failure_shows_the_way_the_alert_takes() {
    assertThatThrownBy(() -> assertThat(router).routes("severity", "critical").to("nobody"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("to be told to [nobody], but it is told to [pager, incidents]")
        .hasMessageContaining("{}/{severity=\"critical\"} -> pager, incidents");
    assertThatThrownBy(() -> assertThat(router).routes("severity", "critical").isMuted())
        .hasMessageContaining("nothing mutes it");
  }

  @Test
  void names_without_values_are_refused() {
    assertThatThrownBy(() -> assertThat(router).routes("severity"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
