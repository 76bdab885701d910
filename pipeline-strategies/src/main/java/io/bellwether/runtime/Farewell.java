package io.bellwether.runtime;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import io.bellwether.rollout.RolloutState;
import java.time.Instant;
import java.util.Locale;

/**
 * What people are told of a run that ended just before the process did: the same occurrence, by its
 * key, as the alert that may not have reached them.
 */
final class Farewell {
  private Farewell() {}

  static Alert of(RolloutState state, Instant at) {
    var name = "rollout_" + state.phase().name().toLowerCase(Locale.ROOT);
    return Alert.of(
        name,
        severity(state),
        at,
        alert ->
            alert
                .key(state.id() + "/" + name)
                .label("release", state.release())
                .label("version", state.candidate().id())
                .label("stable", state.stable().id())
                .label("phase", state.phase().name())
                .summary(state.explain()));
  }

  private static Severity severity(RolloutState state) {
    return switch (state.phase()) {
      case ROLLBACK_FAILED -> Severity.CRITICAL;
      case ROLLED_BACK -> state.verified().orElse(true) ? Severity.WARNING : Severity.CRITICAL;
      case PROMOTED, SUPERSEDED -> Severity.INFO;
      case REFUSED,
          REVERTED,
          PENDING,
          PREPARING,
          VERIFYING,
          SHIFTING,
          BAKING,
          AWAITING_APPROVAL,
          HELD,
          PROMOTING,
          WATCHING,
          ABORTING ->
          Severity.WARNING;
    };
  }
}
