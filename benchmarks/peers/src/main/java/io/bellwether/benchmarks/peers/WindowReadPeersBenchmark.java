package io.bellwether.benchmarks.peers;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.DDSketches;
import io.bellwether.benchmarks.Answers;
import io.bellwether.benchmarks.WindowReadBenchmark;
import io.bellwether.benchmarks.WindowRecordBenchmark.Next;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jol.info.GraphLayout;

/** What reading ten minutes costs and what they take in memory, ours beside others. */
@Fork(
    value = 3,
    jvmArgs = {
      "-Xms2g",
      "-Xmx2g",
      "-XX:+UseG1GC",
      "-Djol.magicFieldOffset=true",
      "-Djdk.attach.allowAttachSelf=true",
      "--add-opens=java.base/java.lang=ALL-UNNAMED",
      "--add-opens=java.base/java.time=ALL-UNNAMED",
      "--add-opens=java.base/java.util=ALL-UNNAMED",
      "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
      "--add-opens=java.base/java.util.concurrent.atomic=ALL-UNNAMED",
      "--add-opens=java.base/java.util.concurrent.locks=ALL-UNNAMED"
    })
public class WindowReadPeersBenchmark extends WindowReadBenchmark {
  private static final double[] QUANTILES = {0.5, 0.95, 0.99};

  /** Ours, with its memory. */
  @State(Scope.Benchmark)
  public static class OursMeasured extends Ours {
    /** Prints the bytes retained, with the registry the window is in. */
    @Setup(Level.Trial)
    public void measure() {
      print("ours", window);
    }
  }

  /** Micrometer: ten buffers of a minute. */
  @State(Scope.Benchmark)
  public static class Micrometer {
    private final MockClock clock = new MockClock();
    private final Timer timer =
        Timer.builder("timer")
            .publishPercentiles(QUANTILES)
            .percentilePrecision(2)
            .distributionStatisticExpiry(Duration.ofMinutes(10))
            .distributionStatisticBufferLength(10)
            .register(new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock));

    /** Records ten minutes. */
    @Setup(Level.Trial)
    public void fill() {
      for (var i = 0; i < REQUESTS; i++) {
        clock.add(STEP_NANOS, TimeUnit.NANOSECONDS);
        record(i);
      }
      var found = timer.takeSnapshot().percentileValues();
      print(
          "micrometer",
          Arrays.stream(found).mapToDouble(v -> v.value(TimeUnit.MILLISECONDS)).toArray(),
          timer);
    }

    private void record(int i) {
      timer.record(Answers.nanos(i & Answers.COUNT - 1), TimeUnit.NANOSECONDS);
    }
  }

  /** HdrHistogram: ten histograms of a minute and one to add them up in. */
  @State(Scope.Benchmark)
  public static class Hdr {
    private final Histogram sum = histogram();
    private final Histogram[] minutes = new Histogram[10];

    /** Records ten minutes. */
    @Setup(Level.Trial)
    public void fill() {
      Arrays.setAll(minutes, i -> histogram());
      for (var i = 0; i < REQUESTS; i++) {
        minutes[i / (REQUESTS / 10)].recordValue(Answers.nanos(i & Answers.COUNT - 1) / 1000);
      }
      print("hdr", read(), this);
    }

    double[] read() {
      sum.reset();
      for (var minute : minutes) {
        sum.add(minute);
      }
      return Arrays.stream(QUANTILES)
          .map(q -> sum.getValueAtPercentile(q * 100) / 1000.0)
          .toArray();
    }

    private static Histogram histogram() {
      return new Histogram(TimeUnit.HOURS.toMicros(1), 2);
    }
  }

  /** DDSketch: 60 sketches of ten seconds. */
  @State(Scope.Benchmark)
  public static class Dd {
    private final DDSketch[] slices = new DDSketch[60];

    /** Records ten minutes. */
    @Setup(Level.Trial)
    public void fill() {
      Arrays.setAll(slices, i -> DDSketches.unboundedDense(0.01));
      for (var i = 0; i < REQUESTS; i++) {
        slices[i / (REQUESTS / 60)].accept(Answers.nanos(i & Answers.COUNT - 1) / 1e6);
      }
      print("ddsketch", read(), this);
    }

    double[] read() {
      var sum = slices[0].copy();
      for (var i = 1; i < slices.length; i++) {
        sum.mergeWith(slices[i]);
      }
      return sum.getValuesAtQuantiles(QUANTILES);
    }
  }

  /** Ours again, in a window whose memory is printed. */
  @Benchmark
  public Object snapshotOfMeasured(OursMeasured ours, Next next) {
    return snapshot(ours, next);
  }

  /** Micrometer's snapshot after one more record, without which it would be cached. */
  @Benchmark
  public HistogramSnapshot micrometerTenMinutes(Micrometer micrometer, Next next) {
    micrometer.record(next.answer());
    return micrometer.timer.takeSnapshot();
  }

  /** Ten histograms of a minute added up. */
  @Benchmark
  public double[] hdrTenMinutes(Hdr hdr, Next next) {
    hdr.minutes[9].recordValue(Answers.nanos(next.answer()) / 1000);
    return hdr.read();
  }

  /** 60 sketches merged. */
  @Benchmark
  public double[] ddSketchTenMinutes(Dd dd, Next next) {
    dd.slices[59].accept(Answers.nanos(next.answer()) / 1e6);
    return dd.read();
  }

  private static void print(String what, double[] millis, Object root) {
    var exact = exact(0);
    System.out.printf(
        Locale.ROOT,
        "%n%s: quantiles off by %.2f %%, %.2f %%, %.2f %%",
        what,
        off(millis[0], exact[0]),
        off(millis[1], exact[1]),
        off(millis[2], exact[2]));
    print(what, root);
  }

  private static void print(String what, Object root) {
    System.out.printf(
        "%n%s: %,d bytes retained%n", what, GraphLayout.parseInstance(root).totalSize());
  }
}
