package io.bellwether.micrometer;

import static io.bellwether.Ratio.percent;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.slo.BudgetStore;
import io.bellwether.slo.Counted;
import io.bellwether.slo.Counts;
import io.bellwether.slo.EventSums;
import io.bellwether.slo.Slo;
import io.bellwether.testing.VirtualTime;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MeterEventsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EventSums sums =
      EventSums.of(
          Slo.named("e", s -> s.errorRateBelow(percent(1))),
          ZoneOffset.UTC,
          VirtualTime.create().source(),
          BudgetStore.inMemory());

  private MeterEvents events() {
    return MeterEvents.of(registry, "requests", sums, MeterEventsTest::counted);
  }

  private static Counted counted(Meter.Id id) {
    var outcome = String.valueOf(id.getTag("outcome"));
    return switch (outcome) {
      case "error" -> Counted.BAD;
      case "client" -> Counted.LEFT_OUT;
      default -> Counted.GOOD;
    };
  }

  private void count(String outcome, int requests) {
    registry.counter("requests", "outcome", outcome).increment(requests);
  }

  private Counts sum() {
    return sums.series().sum();
  }

  @Test
  void what_counters_grow_by_becomes_events_by_their_tags() {
    count("ok", 1_000);
    var events = events();
    count("ok", 90);
    count("error", 10);
    count("client", 50);
    events.sample();
    events.sample();

    assertThat(sum()).as("without what was before").isEqualTo(new Counts(90, 100));
  }

  @Test
  void a_counter_that_began_anew_is_neither_lost_nor_counted_twice() {
    var events = events();
    count("ok", 100);
    events.sample();
    registry.clear();
    events.sample();
    count("ok", 30);
    events.sample();
    registry.clear();
    count("ok", 200);
    events.sample();

    assertThat(sum()).isEqualTo(new Counts(330, 330));
  }

  @Test
  void timers_count_too() {
    var events = events();
    registry.timer("requests", "outcome", "ok").record(ofMillis(5));
    registry.timer("requests", "outcome", "error").record(ofMillis(5));
    events.sample();

    assertThat(sum()).isEqualTo(new Counts(1, 2));
  }

  @Test
  void a_published_percentile_is_an_event_a_look() {
    var timer = Timer.builder("latency").publishPercentiles(0.95).register(registry);
    MeterEvents.samplePercentile(registry, "latency", percent(95), ofMillis(2000), sums);
    assertThat(sum()).as("no requests, no event").isEqualTo(Counts.NONE);
    timer.record(ofMillis(100));
    MeterEvents.samplePercentile(registry, "latency", percent(95), ofMillis(2000), sums);
    for (var i = 0; i < 100; i++) {
      timer.record(ofMinutes(1));
    }
    MeterEvents.samplePercentile(registry, "latency", percent(95), ofMillis(2000), sums);

    assertThat(sum()).isEqualTo(new Counts(1, 2));
  }
}
