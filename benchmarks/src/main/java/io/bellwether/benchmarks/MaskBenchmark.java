package io.bellwether.benchmarks;

import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What masking a line of about 200 characters costs: with a secret in one line of twenty, with
 * none, and with a text made of pieces of secrets. Ours looks for every encoding of each secret,
 * the replacements for the secret alone.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 3,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-XX:+UseG1GC"})
@Warmup(iterations = 6, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class MaskBenchmark {
  private static final String BASE62 =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** Secrets and lines. */
  @State(Scope.Benchmark)
  public static class Lines {
    private static final int COUNT = 1024;

    /** How many secrets there are, of 24 characters each. */
    @Param({"1", "10", "100", "1000"})
    public int secrets;

    /** The secrets. */
    public final List<String> texts = new ArrayList<>();

    /** One line of twenty has a secret. */
    public final String[] some = new String[COUNT];

    /** No line has one. */
    public final String[] clean = new String[COUNT];

    /** Every line is made of secrets without their last character. */
    public final String[] hostile = new String[COUNT];

    final SecretMasker masker = SecretMasker.create();
    private int next;

    /** Draws secrets and lines. */
    @Setup
    public void draw() {
      var random = new Random(11);
      for (var i = 0; i < secrets; i++) {
        texts.add(word(random, 24));
      }
      masker.addAll(texts.stream().map(Secret::of).toList());
      for (var i = 0; i < COUNT; i++) {
        clean[i] = prose(random, 200);
        var secret = texts.get(random.nextInt(secrets));
        some[i] =
            i % 20 == 0 ? clean[i].substring(0, 88) + secret + clean[i].substring(112) : clean[i];
        var pieces = new StringBuilder();
        while (pieces.length() < 184) {
          pieces.append(texts.get(random.nextInt(secrets)), 0, 23);
        }
        hostile[i] = pieces.toString();
      }
      if (!masker.mask(some[0]).equals(some[0].replace(some[0].substring(88, 112), "***"))) {
        throw new IllegalStateException("not masked");
      }
    }

    private static String word(Random random, int length) {
      var text = new StringBuilder();
      for (var i = 0; i < length; i++) {
        text.append(BASE62.charAt(random.nextInt(BASE62.length())));
      }
      return text.toString();
    }

    private static String prose(Random random, int length) {
      var text = new StringBuilder();
      while (text.length() < length) {
        text.append(word(random, 2 + random.nextInt(9))).append(' ');
      }
      return text.substring(0, length);
    }

    /** The next line of these. */
    public String next(String[] lines) {
      next = (next + 1) & (COUNT - 1);
      return lines[next];
    }
  }

  /** Ours. */
  @Benchmark
  public String bellwether(Lines lines) {
    return lines.masker.mask(lines.next(lines.some));
  }

  /** Ours, nothing to mask: the same string comes back. */
  @Benchmark
  public String bellwetherClean(Lines lines) {
    return lines.masker.mask(lines.next(lines.clean));
  }

  /** Ours, on a text made to be slow. */
  @Benchmark
  public String bellwetherHostile(Lines lines) {
    return lines.masker.mask(lines.next(lines.hostile));
  }

  /** One replacement after the other, for the secrets alone. */
  @Benchmark
  public String replace(Lines lines) {
    var line = lines.next(lines.some);
    for (var secret : lines.texts) {
      line = line.replace(secret, "***");
    }
    return line;
  }
}
