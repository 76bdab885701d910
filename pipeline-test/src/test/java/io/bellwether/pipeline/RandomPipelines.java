package io.bellwether.pipeline;

import io.bellwether.testing.Gen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/** Graphs of every shape: chains, diamonds, islands, with conditions, retries and environments. */
final class RandomPipelines {
  static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  private RandomPipelines() {}

  static Pipeline draw(Gen gen) {
    var builder = Pipeline.builder("random");
    var count = gen.between(1, 10);
    var density = gen.between(0.0, 0.6);
    for (var index : gen.shuffle(IntStream.range(0, count).boxed().toList())) {
      builder.stage("s" + index, stage -> stage(gen, stage, index, density));
    }
    if (gen.nextBoolean()) {
      builder.goOnAfterFailure();
    }
    return builder.build();
  }

  static Trigger trigger(Gen gen) {
    return Trigger.of(gen.pick("main", "develop"), "4f2a9c1", "dev");
  }

  /** Needs point to lower numbers only, so there is no circle. */
  private static Stage.Builder stage(Gen gen, Stage.Builder stage, int index, double density) {
    for (var other = 0; other < index; other++) {
      if (gen.chance(density)) {
        if (gen.chance(0.7)) {
          stage.needs("s" + other);
        } else {
          stage.after("s" + other);
        }
      }
    }
    if (gen.chance(0.1)) {
      stage.always();
    }
    if (gen.chance(0.2)) {
      stage.when(StageCondition.branches("main"));
    }
    if (gen.chance(0.2)) {
      stage.environment("production");
    }
    if (gen.chance(0.3)) {
      stage.retries(gen.between(1, 2), Duration.ofSeconds(gen.between(0, 20)));
    }
    if (gen.chance(0.3)) {
      stage.timeout(Duration.ofSeconds(gen.between(1, 60)));
    }
    if (gen.chance(0.2)) {
      stage.onceOnly();
    }
    return stage
        .stopWithin(STOP_WITHIN)
        .begin(context -> CompletableFuture.completedFuture(StageResult.success()));
  }
}
