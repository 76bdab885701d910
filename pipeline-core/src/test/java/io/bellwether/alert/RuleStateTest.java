package io.bellwether.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alert.RuleState.Check;
import io.bellwether.alert.RuleState.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RuleStateTest {
  private static final Duration HALF_HOUR = Duration.ofMinutes(30);
  private static final Duration GRACE = Duration.ofMinutes(10);
  private static final Duration TOLERANCE = Duration.ofHours(1);

  private static Instant at(long seconds) {
    return Instant.EPOCH.plusSeconds(seconds);
  }

  private static RuleState pendingSince(long seconds) {
    return new RuleState(Phase.PENDING, at(seconds), Optional.empty());
  }

  @Test
  void one_kept_check_ends_a_pending_breach() {
    assertThat(
            RuleState.next(Optional.of(pendingSince(0)), Check.KEPT, HALF_HOUR, HALF_HOUR, at(60)))
        .isEmpty();
  }

  @Test
  void firing_is_kept_up_from_the_first_quiet_check() {
    var firing = Optional.of(new RuleState(Phase.FIRING, at(0), Optional.empty()));

    var quiet = RuleState.next(firing, Check.KEPT, Duration.ZERO, Duration.ofSeconds(60), at(100));
    var again =
        RuleState.next(quiet, Check.BREACHED, Duration.ZERO, Duration.ofSeconds(60), at(130));
    var later = RuleState.next(quiet, Check.KEPT, Duration.ZERO, Duration.ofSeconds(60), at(160));

    assertThat(quiet.orElseThrow().quietSince()).contains(at(100));
    assertThat(again.orElseThrow().quietSince()).isEmpty();
    assertThat(later).isEmpty();
  }

  @Test
  void a_longer_hold_sends_a_firing_rule_back_to_pending() {
    var firing = Optional.of(new RuleState(Phase.FIRING, at(0), Optional.empty()));

    assertThat(RuleState.next(firing, Check.BREACHED, HALF_HOUR, Duration.ZERO, at(60)))
        .contains(pendingSince(0));
  }

  @Test
  void an_outage_does_not_count_towards_the_hold() {
    assertThat(pendingSince(0).restored(HALF_HOUR, at(600), at(1_200), GRACE, TOLERANCE))
        .contains(pendingSince(600));
  }

  @Test
  void at_least_the_grace_passes_before_a_restored_rule_fires() {
    assertThat(pendingSince(0).restored(HALF_HOUR, at(1_500), at(1_600), GRACE, TOLERANCE))
        .contains(pendingSince(1_600 + 600 - 1_800));
  }

  @Test
  void a_long_outage_and_a_short_hold_start_afresh() {
    assertThat(pendingSince(0).restored(HALF_HOUR, at(600), at(4_201), GRACE, TOLERANCE)).isEmpty();
    assertThat(pendingSince(0).restored(Duration.ofMinutes(5), at(60), at(70), GRACE, TOLERANCE))
        .isEmpty();
  }

  @Test
  void what_fired_before_the_outage_fires_on() {
    var firing = new RuleState(Phase.FIRING, at(0), Optional.empty());

    assertThat(firing.restored(HALF_HOUR, at(2_000), at(2_100), GRACE, TOLERANCE)).contains(firing);
  }
}
