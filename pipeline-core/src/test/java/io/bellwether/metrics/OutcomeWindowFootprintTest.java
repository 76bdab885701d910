package io.bellwether.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.bellwether.release.Version;
import io.bellwether.time.Ticker;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Random;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a window takes: memory in all, and none for a request. */
class OutcomeWindowFootprintTest {
  private static final long LIMIT = 256 * 1024;

  private final ManualTicker ticker = new ManualTicker();
  private final OutcomeWindow window =
      OutcomeWindows.create(ticker).of("support-prompt", Version.version("v7"));

  @Test
  void recording_allocates_nothing() {
    var outcomes =
        new Outcome[] {
          Outcome.success(), Outcome.error("quota"), Outcome.empty(), Outcome.rateLimited()
        };
    var least = Long.MAX_VALUE;
    for (var round = 0; round < 10; round++) {
      var before = allocated();
      for (var i = 0; i < 20_000; i++) {
        var now = ticker.nanos();
        window.begin(now);
        window.end(now, now + i, outcomes[i & 3], i);
        window.record(now, i, outcomes[i & 3], i);
      }
      least = Math.min(least, allocated() - before);
    }
    assertThat(least / 60_000.0).as("bytes per call; measuring itself takes a few").isLessThan(0.1);
  }

  @Test
  void reading_figures_allocates_nothing() {
    fill(200, () -> 800_000_000L);
    var figures = new WindowFigures();
    var quota = Outcome.error("quota");
    var perRead =
        perCall(
            () -> {
              window.record(ticker.nanos(), 1_000_000, quota, 10);
              window.read(figures);
            });
    assertThat(perRead).as("bytes of a reading").isLessThan(1);
    var part = Duration.ofMinutes(5);
    assertThat(perCall(() -> window.read(part, figures))).isLessThan(1);
  }

  private static double perCall(Runnable call) {
    var least = Long.MAX_VALUE;
    for (var round = 0; round < 10; round++) {
      var before = allocated();
      for (var i = 0; i < 5_000; i++) {
        call.run();
      }
      least = Math.min(least, allocated() - before);
    }
    return least / 5_000.0;
  }

  @Test
  void ten_minutes_of_a_model_take_less_than_256_kilobytes() {
    var random = new Random(7);
    fill(10_000, () -> (long) (8e8 * Math.exp(0.6 * random.nextGaussian())));
    assertThat(size(window)).isLessThan(LIMIT);
  }

  @Test
  void latencies_from_10_microseconds_to_a_minute_at_any_rate_take_no_more() {
    var random = new Random(7);
    var range = Math.log(6e10 / 1e4);
    fill(
        12_000,
        () ->
            random.nextInt(5) > 0
                ? 800_000_000L
                : (long) (1e4 * Math.exp(range * random.nextDouble())));
    assertThat(size(window)).isLessThan(LIMIT);
  }

  /** Every second some requests, one of them of each of 40 kinds of error, and one that hangs. */
  private void fill(int requests, LongSupplier latency) {
    var latencies = LongStream.generate(latency).limit(1 << 16).toArray();
    var kinds = IntStream.range(0, 40).mapToObj(i -> Outcome.error("kind-" + i)).toList();
    for (var second = 0; second < 620; second++) {
      for (var i = 0; i < requests; i++) {
        var outcome = i < kinds.size() ? kinds.get(i) : Outcome.success();
        window.record(ticker.nanos(), latencies[(second * requests + i) & 0xFFFF], outcome, 800);
      }
      window.begin(ticker.nanos());
      ticker.seconds(1);
    }
    window.snapshot(Duration.ofMinutes(5));
  }

  private static long allocated() {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return threads.getThreadAllocatedBytes(Thread.currentThread().getId());
  }

  /** Bytes of everything of ours that can be reached, with compressed references. */
  private static long size(Object root) {
    return size(root, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private static long size(Object object, Set<Object> seen) {
    if (object == null
        || object instanceof Ticker
        || object instanceof String
        || object instanceof OutcomeWindows
        || !seen.add(object)) {
      return 0;
    }
    var type = object.getClass();
    if (type.isArray()) {
      return sizeOfArray(object, seen);
    }
    if (object instanceof Iterable<?> elements) {
      var size = 64L;
      for (var element : elements) {
        size += 8 + size(element, seen);
      }
      return size;
    }
    if (!type.getName().startsWith("io.bellwether")) {
      return 64;
    }
    var size = 16L;
    for (var field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        size +=
            bytes(field.getType())
                + (field.getType().isPrimitive() ? 0 : value(field, object, seen));
      }
    }
    return size + 7 & -8;
  }

  private static long value(Field field, Object object, Set<Object> seen) {
    try {
      field.setAccessible(true);
      return size(field.get(object), seen);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new AssertionError(field + " cannot be read", e);
    }
  }

  private static long sizeOfArray(Object array, Set<Object> seen) {
    var element = array.getClass().getComponentType();
    var size = 16 + bytes(element) * Array.getLength(array);
    for (var i = 0; !element.isPrimitive() && i < Array.getLength(array); i++) {
      size += size(Array.get(array, i), seen);
    }
    return size + 7 & -8;
  }

  private static long bytes(Class<?> type) {
    if (type == long.class || type == double.class) {
      return 8;
    }
    return type == char.class || type == short.class ? 2 : type == boolean.class ? 1 : 4;
  }
}
