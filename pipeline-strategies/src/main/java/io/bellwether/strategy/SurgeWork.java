package io.bellwether.strategy;

import io.bellwether.rollout.StepCheck;
import io.bellwether.rollout.StepContext;
import io.bellwether.rollout.StepWork;
import java.util.List;

/** Adds extra instances of the new version before the first old one goes, and takes them away. */
final class SurgeWork implements StepWork {
  private final InstanceGroup group;
  private final List<String> extra;

  SurgeWork(InstanceGroup group, List<String> extra) {
    this.group = group;
    this.extra = List.copyOf(extra);
  }

  @Override
  public void prepare(StepContext step) {
    extra.forEach(instance -> group.add(instance, step.run().candidate()));
  }

  @Override
  public StepCheck verify(StepContext step) {
    var waiting =
        extra.stream()
            .filter(instance -> !group.isReady(instance, step.run().candidate()))
            .toList();
    return waiting.isEmpty()
        ? StepCheck.complete()
        : StepCheck.notYet("extra instances not ready: " + waiting);
  }

  @Override
  public StepCheck compensate(StepContext step) {
    extra.forEach(group::remove);
    return StepCheck.complete();
  }

  @Override
  public void retire(StepContext step) {
    extra.forEach(group::remove);
  }
}
