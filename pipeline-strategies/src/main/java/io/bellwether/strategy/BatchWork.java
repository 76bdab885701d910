package io.bellwether.strategy;

import io.bellwether.release.Version;
import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import java.util.List;

/** Replaces one batch of instances, and puts the old version back on the way back. */
final class BatchWork implements StepWork {
  private final InstanceGroup group;
  private final List<String> batch;

  BatchWork(InstanceGroup group, List<String> batch) {
    this.group = group;
    this.batch = List.copyOf(batch);
  }

  @Override
  public void prepare(StepContext step) {
    batch.forEach(instance -> group.replace(instance, step.run().candidate()));
  }

  @Override
  public StepCheck verify(StepContext step) {
    return ready(step.run().candidate());
  }

  @Override
  public StepCheck compensate(StepContext step) {
    var stable = step.run().stable();
    batch.stream()
        .filter(instance -> !group.isReady(instance, stable))
        .forEach(instance -> group.replace(instance, stable));
    return ready(stable);
  }

  private StepCheck ready(Version version) {
    var waiting = batch.stream().filter(instance -> !group.isReady(instance, version)).toList();
    return waiting.isEmpty()
        ? StepCheck.complete()
        : StepCheck.notYet("not ready with " + version + ": " + waiting);
  }
}
