package io.bellwether.health;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.BellwetherException;
import io.bellwether.alert.Alert;
import io.bellwether.alert.AlertStore;
import io.bellwether.testing.VirtualTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people are told over the end of a process. */
class HealthAlertsTest {
  private final VirtualTime time = VirtualTime.create();
  private final List<String> told = new ArrayList<>();
  private final Memory memory = new Memory();
  private HealthStatus status = HealthStatus.DEGRADED;

  @Test
  void after_a_restart_the_same_failure_is_told_to_nobody_and_its_end_to_everybody() {
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
          status = HealthStatus.DOWN;
          time.advance(ofMinutes(1));
        });
    assertThat(told).containsExactly("WARNING FIRING database", "CRITICAL FIRING database");
    told.clear();
    time.advance(ofMinutes(1));
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
          assertThat(told).isEmpty();
          status = HealthStatus.OK;
          time.advance(ofSeconds(30));
          assertThat(told)
              .containsExactly("WARNING RESOLVED database", "CRITICAL RESOLVED database");
        });
    assertThat(memory.records).isEmpty();
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
          assertThat(told).hasSize(2);
        });
  }

  @Test
  void an_end_while_nobody_ran_is_told_at_the_next_start() {
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
        });
    status = HealthStatus.OK;
    during(
        "database",
        () -> {
          time.advance(ofSeconds(1));
          assertThat(told).containsExactly("WARNING FIRING database", "WARNING RESOLVED database");
        });
  }

  @Test
  void what_is_checked_no_more_fires_no_more() {
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
        });
    status = HealthStatus.OK;
    during(
        "postgres",
        () -> {
          time.advance(ofMinutes(1));
          assertThat(told).containsExactly("WARNING FIRING database", "WARNING RESOLVED database");
        });
  }

  @Test
  void a_store_that_fails_keeps_nobody_from_being_told() {
    memory.broken = true;
    during(
        "database",
        () -> {
          time.advance(ofMinutes(1));
          assertThat(told).containsExactly("WARNING FIRING database");
        });
  }

  private void during(String check, Runnable story) {
    var monitor = monitor(check);
    try {
      story.run();
    } finally {
      monitor.close();
    }
  }

  private HealthMonitor monitor(String check) {
    var registry =
        HealthRegistry.create(
            time.source(), Runnable::run, h -> h.check(check, () -> new HealthResult(status, "")));
    return HealthMonitor.create(
            registry,
            time.source(),
            Runnable::run,
            m -> m.service("chat").notifier(this::hear).store(memory))
        .start();
  }

  private void hear(Alert alert) {
    told.add(alert.severity() + " " + alert.status() + " " + alert.labels().get("check"));
  }

  private static final class Memory implements AlertStore {
    private final Map<String, byte[]> records = new HashMap<>();
    private boolean broken;

    @Override
    public Map<String, byte[]> load() {
      return Map.copyOf(records);
    }

    @Override
    public void write(List<Change> changes) {
      if (broken) {
        throw new BellwetherException("the disk is full");
      }
      for (var change : changes) {
        change
            .record()
            .ifPresentOrElse(
                record -> records.put(change.key(), record), () -> records.remove(change.key()));
      }
    }
  }
}
