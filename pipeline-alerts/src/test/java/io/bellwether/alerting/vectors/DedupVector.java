package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alerting.internal.engine.Dedup;
import io.bellwether.alerting.notice.Reason;
import io.bellwether.vectors.VectorObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a group has news. */
final class DedupVector {
  private DedupVector() {}

  static void check(VectorObject given, VectorObject expect) {
    if (given.has("events")) {
      AlertVector.play(given, (List<?>) given.raw("events"), expect.raw("deliveries"), expect);
    } else if (given.has("flush_at_s")) {
      flushes(given, expect);
    } else {
      reason(given, expect);
    }
  }

  private static void reason(VectorObject given, VectorObject expect) {
    Dedup.Told<Double> told = null;
    var ago = given.optionalNumber("seconds_since_previous").orElse(0);
    if (given.raw("previous") != null) {
      var previous = given.object("previous");
      told =
          new Dedup.Told<>(
              set(previous.numbers("firing")),
              set(previous.numbers("resolved")),
              Duration.ofMillis((long) (ago * 1e3)));
    }
    var reason =
        Dedup.reason(
            told,
            set(given.numbers("firing")),
            set(given.numbers("resolved")),
            Duration.ofMillis((long) (given.number("repeat_s") * 1e3)),
            given.flag("send_resolved"));
    assertThat(reason != Reason.NONE).isEqualTo(expect.flag("needs_update"));
    var wanted = expect.text("reason");
    assertThat(wanted.startsWith("repeat") ? "repeat" : wanted).isEqualTo(reason.id());
  }

  private static Set<Double> set(double[] numbers) {
    var set = new HashSet<Double>();
    for (var number : numbers) {
      set.add(number);
    }
    return set;
  }

  /** An alert that stays, with a receiver that takes its time: at which ticks it is told of. */
  private static void flushes(VectorObject given, VectorObject expect) {
    var ticks = given.numbers("flush_at_s");
    var fields = new LinkedHashMap<String, @Nullable Object>();
    fields.put("group_wait_s", given.number("group_wait_s"));
    fields.put("group_interval_s", given.number("group_interval_s"));
    fields.put("repeat_s", given.number("repeat_s"));
    fields.put("server_sleep_s", given.optionalNumber("send_latency_s").orElse(0));
    expect.skip("peer_delivers_at_s");
    var config = new VectorObject("config", fields);
    List<Object> event = List.of(0.0, "fire", "a");
    var latency = config.number("server_sleep_s");
    var deliveries = new ArrayList<Object>();
    for (var at : expect.numbers("delivered_at_s")) {
      deliveries.add(Map.of("at", at + latency, "firing", List.of("a")));
    }
    var timeline = new TimelineVector(config, List.of(event));
    timeline.play(ticks[ticks.length - 1] + latency + 1);
    Map<String, @Nullable Object> wanted = new LinkedHashMap<>(Map.of("deliveries", deliveries));
    timeline.check(deliveries, new VectorObject("expect", wanted));
  }
}
