package io.bellwether.plans;

import io.bellwether.Ratio;
import io.bellwether.strategy.RollingBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * What is particular to a rolling plan; see {@link RollingBuilder} for what is usual. Immutable.
 *
 * @param batch instances to a batch
 * @param batchShare the share of instances that makes a batch, instead of a number
 * @param maxUnavailable instances that may be missing at once
 * @param surge extra instances while it lasts
 * @param bake how long the gates watch after every batch
 */
public record PlanRolling(
    Optional<Integer> batch,
    Optional<Ratio> batchShare,
    Optional<Integer> maxUnavailable,
    Optional<Integer> surge,
    Optional<Duration> bake) {
  /** Refuses two sizes of a batch at once. */
  public PlanRolling {
    if (batch.isPresent() && batchShare.isPresent()) {
      throw new IllegalArgumentException("batch and batch_share exclude each other");
    }
  }

  RollingBuilder addTo(RollingBuilder rolling) {
    batch.ifPresent(rolling::batch);
    batchShare.ifPresent(rolling::batch);
    maxUnavailable.ifPresent(rolling::maxUnavailable);
    surge.ifPresent(rolling::surge);
    bake.ifPresent(rolling::bake);
    return rolling;
  }
}
