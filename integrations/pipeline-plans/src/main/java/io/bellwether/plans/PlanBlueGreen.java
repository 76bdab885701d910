package io.bellwether.plans;

import io.bellwether.config.Default;
import io.bellwether.strategy.BlueGreenBuilder;
import java.time.Duration;
import java.util.Optional;

/**
 * What is particular to a blue-green plan; see {@link BlueGreenBuilder} for what is usual.
 * Immutable.
 *
 * @param readyWithin how long the idle slot may take until it is ready
 * @param promoteAfter how long the verified slot can be looked at before the switch
 * @param promoteByHand whether the switch waits until somebody resumes
 * @param approval who has to agree to the switch
 * @param watch how long the gates watch after the switch
 * @param standby how long the old slot stays warm after promotion
 */
public record PlanBlueGreen(
    Optional<Duration> readyWithin,
    Optional<Duration> promoteAfter,
    @Default("false") boolean promoteByHand,
    Optional<PlanApproval> approval,
    Optional<Duration> watch,
    Optional<Duration> standby) {
  /** Refuses two ways of promoting at once. */
  public PlanBlueGreen {
    if (promoteByHand && promoteAfter.isPresent()) {
      throw new IllegalArgumentException("promote_by_hand and promote_after exclude each other");
    }
  }

  BlueGreenBuilder addTo(BlueGreenBuilder slots) {
    readyWithin.ifPresent(slots::readyWithin);
    promoteAfter.ifPresent(slots::promoteAfter);
    approval.map(PlanApproval::rule).ifPresent(slots::approval);
    watch.ifPresent(slots::watch);
    standby.ifPresent(slots::standby);
    return promoteByHand ? slots.promoteByHand() : slots;
  }
}
