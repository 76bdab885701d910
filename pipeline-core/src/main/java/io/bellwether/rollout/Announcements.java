package io.bellwether.rollout;

import io.bellwether.alert.Alert;
import io.bellwether.alert.Severity;
import java.time.Instant;

/**
 * What people are told. It follows from the state alone, so that who takes up after a crash tells
 * the same under the same key.
 */
final class Announcements {
  private Announcements() {}

  /** The one thing people are told about an end. */
  static Alert ending(RolloutState state) {
    var why = state.cause().map(Cause::toString).orElse("");
    return switch (state.phase()) {
      case PROMOTED -> ending(state, "rollout_promoted", Severity.INFO, "", promoted(state));
      case REVERTED -> ending(state, "rollout_reverted", Severity.WARNING, "", "as asked");
      case REFUSED ->
          ending(
              state,
              "rollout_refused",
              Severity.WARNING,
              "Start it again when the reason is gone, or with a recorded override.",
              state.cause().map(Cause::text).orElse(""));
      case SUPERSEDED -> back(state, "rollout_superseded", Severity.INFO, why);
      case ROLLED_BACK ->
          back(
              state,
              "rollout_rolled_back",
              engineFailed(state) ? Severity.CRITICAL : Severity.WARNING,
              why);
      case ROLLBACK_FAILED ->
          ending(
              state,
              "rollout_rollback_failed",
              Severity.CRITICAL,
              "Move all traffic of "
                  + state.release()
                  + " to "
                  + state.stable()
                  + " by hand now: "
                  + (engineFailed(state)
                      ? "the engine could not."
                      : "the router did not do it in time."),
              why);
      case PENDING,
          PREPARING,
          VERIFYING,
          SHIFTING,
          BAKING,
          AWAITING_APPROVAL,
          HELD,
          PROMOTING,
          WATCHING,
          ABORTING ->
          throw new IllegalArgumentException(state.explain() + " has not ended");
    };
  }

  /** What has no gates at its end has kept none. */
  private static String promoted(RolloutState state) {
    return state.bake().outcomes().isEmpty()
        ? "every step is through"
        : "every step kept its gates";
  }

  private static boolean engineFailed(RolloutState state) {
    return state.cause().filter(cause -> cause.kind() == Cause.Kind.ENGINE).isPresent();
  }

  private static Alert back(RolloutState state, String name, Severity severity, String why) {
    return state.verified().orElse(true)
        ? ending(
            state,
            name,
            severity,
            "All traffic is on " + state.stable() + ". Read the evidence before the next try.",
            why)
        : ending(
            state,
            name,
            Severity.CRITICAL,
            "All traffic is on "
                + state.stable()
                + ", and that version is not well either: look at it now.",
            why);
  }

  private static Alert ending(
      RolloutState state, String name, Severity severity, String nextStep, String why) {
    return of(state, state.since(), name, severity, nextStep, why);
  }

  /**
   * Something about a rollout.
   *
   * @param what the alert's name; after a slash, what tells it from others of the name
   */
  static Alert of(
      RolloutState state, Instant at, String what, Severity severity, String nextStep, String why) {
    var name = what.contains("/") ? what.substring(0, what.indexOf('/')) : what;
    return Alert.of(
        name,
        severity,
        at,
        alert ->
            alert
                .key(state.id() + "/" + what)
                .label("release", state.release())
                .label("version", state.candidate().id())
                .label("stable", state.stable().id())
                .label("phase", state.phase().name())
                .summary(summary(state, why))
                .nextStep(nextStep));
  }

  private static String summary(RolloutState state, String why) {
    return state.release()
        + ": "
        + state.candidate()
        + " "
        + state.phase()
        + " at step "
        + (state.step() + 1)
        + (why.isEmpty() ? "" : ", " + why);
  }
}
