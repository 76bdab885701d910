package io.bellwether.slo;

import io.bellwether.alert.Alert;
import java.time.Instant;
import java.util.Optional;

/**
 * What a burn rate alert says at a moment. Immutable and thread-safe.
 *
 * @param slo whose budget
 * @param alert which alert
 * @param kind what it says
 * @param longRate how fast the budget burned over the long window; empty without data
 * @param shortRate the same over the short one
 * @param evidence the numbers in words
 */
public record BurnRateFinding(
    String slo,
    BurnRateAlert alert,
    Kind kind,
    Optional<BurnRate> longRate,
    Optional<BurnRate> shortRate,
    String evidence) {
  /** What an alert can say. */
  public enum Kind {
    /** Nothing to worry about. */
    FINE,
    /** Too fast, on enough evidence. */
    EXCEEDED,
    /** Too fast, on too few events to say so. */
    TOO_QUIET,
    /** Nothing is known. */
    NO_DATA
  }

  /** What people are told. */
  public Alert toAlert(Instant at) {
    return Alert.of(
        "slo_burn_rate",
        alert.severity(),
        at,
        a ->
            a.key("slo_burn_rate/" + slo + "/" + alert.name())
                .summary(slo + " " + alert.name() + ": " + evidence)
                .nextStep("Look what fails; if a rollout began shortly before, roll it back.")
                .label("slo", slo)
                .label("alert", alert.name()));
  }

  /** For example {@code chat fast EXCEEDED: burning at 20 over 1h, burning at 25 over 5m}. */
  @Override
  public String toString() {
    return slo + " " + alert.name() + " " + kind + ": " + evidence;
  }
}
