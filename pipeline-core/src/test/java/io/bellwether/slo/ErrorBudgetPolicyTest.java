package io.bellwether.slo;

import static io.bellwether.Ratio.percent;
import static io.bellwether.slo.Ledgers.START;
import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.release.ChangeKind;
import io.bellwether.slo.Permission.Requirement;
import io.bellwether.slo.Scale.Level;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ErrorBudgetPolicyTest {
  private static final ErrorBudgetPolicy STANDARD = ErrorBudgetPolicy.standard();

  @ParameterizedTest
  @EnumSource(BudgetStatus.class)
  void a_rollback_is_free_in_every_band(BudgetStatus status) {
    var strict =
        ErrorBudgetPolicy.standard(
            p -> p.permit(status, ChangeKind.ROLLBACK, Permission.refused()));

    assertThat(strict.decide(status, Change.of("chat v1", ChangeKind.ROLLBACK), 99).allowed())
        .isTrue();
    assertThat(strict.decideWithoutData(Change.of("chat v1", ChangeKind.ROLLBACK)).allowed())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "GREEN, EXPERIMENT, true, true",
    "GREEN, FEATURE, true, true",
    "YELLOW, EXPERIMENT, false, false",
    "YELLOW, FEATURE, false, false",
    "YELLOW, CRITICAL_FEATURE, false, true",
    "YELLOW, FIX, false, true",
    "YELLOW, CRITICAL_FIX, false, true",
    "RED, FEATURE, false, false",
    "RED, CRITICAL_FEATURE, false, false",
    "RED, FIX, false, false",
    "RED, CRITICAL_FIX, false, true",
    "EXHAUSTED, CRITICAL_FIX, false, false",
  })
  void a_band_permits_what_its_line_says(
      BudgetStatus status, ChangeKind kind, boolean alone, boolean approved) {
    var change = Change.of("chat v7", kind);

    assertThat(STANDARD.decide(status, change, 0).allowed()).isEqualTo(alone);
    assertThat(STANDARD.decide(status, change.reviewed("owner").approvedByVp("vice"), 0).allowed())
        .isEqualTo(approved);
  }

  @Test
  void a_refusal_says_what_is_missing() {
    var change = Change.of("chat v7", ChangeKind.FIX);

    assertThat(STANDARD.decide(BudgetStatus.YELLOW, change, 3))
        .hasToString(
            "refused: FIX chat v7 while YELLOW needs an enhanced review and would be deploy 4 in 7d,"
                + " of at most 3");
    assertThat(STANDARD.decide(BudgetStatus.RED, change, 0))
        .hasToString("refused: FIX chat v7 while RED is not allowed");
    assertThat(STANDARD.decide(BudgetStatus.RED, Change.of("chat v7", ChangeKind.CRITICAL_FIX), 0))
        .hasToString("refused: CRITICAL_FIX chat v7 while RED needs VP approval");
  }

  @Test
  void the_last_deploy_of_a_week_is_announced() {
    var change = Change.of("chat v7", ChangeKind.FIX).reviewed("owner");

    assertThat(STANDARD.decide(BudgetStatus.YELLOW, change, 1).notices()).isEmpty();
    assertThat(STANDARD.decide(BudgetStatus.YELLOW, change, 2).notices())
        .containsExactly("the last of 3 deploys in 7d");
    assertThat(STANDARD.decide(BudgetStatus.GREEN, change, 50).allowed()).isTrue();
  }

  @Test
  void every_band_has_its_duties() {
    assertThat(STANDARD.decide(BudgetStatus.RED, Change.of("x", ChangeKind.FIX), 0).duties())
        .containsExactly("a reliability sprint", "postmortems of recent incidents");
    assertThat(STANDARD.duties(BudgetStatus.EXHAUSTED)).isNotEmpty();
  }

  @Test
  void permissions_limits_and_boundaries_can_be_set() {
    var lenient =
        ErrorBudgetPolicy.standard(
            p ->
                p.permit(
                        BudgetStatus.EXHAUSTED,
                        ChangeKind.CRITICAL_FIX,
                        Permission.after(Requirement.VP_APPROVAL).atMost(1))
                    .deployWindow(ofDays(1))
                    .bands(
                        BudgetBands.of(
                            Level.above(BudgetStatus.GREEN, percent(50)),
                            Level.from(BudgetStatus.YELLOW, percent(10)))));
    var fix = Change.of("chat v7", ChangeKind.CRITICAL_FIX).approvedByVp("vice");

    assertThat(lenient.decide(BudgetStatus.EXHAUSTED, fix, 0).allowed()).isTrue();
    assertThat(lenient.decide(BudgetStatus.EXHAUSTED, fix, 1).reason())
        .endsWith("would be deploy 2 in 1d, of at most 1");
    assertThat(lenient.bands().statusOf(Fraction.of(1, 2))).isEqualTo(BudgetStatus.YELLOW);
    assertThat(lenient.bands().statusOf(Fraction.of(1, 10))).isEqualTo(BudgetStatus.YELLOW);
    assertThat(STANDARD.toString())
        .contains("YELLOW from 25%", "FIX after an enhanced review, at most 3");
  }

  @ParameterizedTest
  @CsvSource({
    "3, 4, GREEN", "74999, 100000, YELLOW", "1, 4, YELLOW", "24999, 100000, RED",
    "1, 1000000000, RED", "0, 1, EXHAUSTED", "-1, 1, EXHAUSTED", "1, 1, GREEN"
  })
  void a_band_owns_its_lower_edge(long above, long below, BudgetStatus status) {
    assertThat(BudgetBands.STANDARD.statusOf(Fraction.of(above, below))).isEqualTo(status);
  }

  @Test
  void without_data_a_deploy_passes_with_a_notice_or_not_at_all() {
    var change = Change.of("chat v7", ChangeKind.FEATURE);
    var open = STANDARD.decideWithoutData(change);
    var closed =
        ErrorBudgetPolicy.standard(p -> p.onNoData(ErrorBudgetPolicy.NoData.REFUSE))
            .decideWithoutData(change);

    assertThat(open.allowed()).isTrue();
    assertThat(open.notices()).containsExactly("the error budget is unknown");
    assertThat(closed)
        .hasToString(
            "refused: FEATURE chat v7 while no SLO with a say has data: wait for data, or have it"
                + " overridden (the error budget is unknown)");
  }

  @Test
  void a_better_band_is_believed_slowly_and_a_worse_one_at_once() {
    var slow = new Hysteresis(percent(5), ofHours(1));
    var bands = BudgetBands.STANDARD;
    var red = slow.next(Optional.empty(), Fraction.of(24, 100), bands, START);
    assertThat(red.status()).isEqualTo(BudgetStatus.RED);

    var later = START.plus(ofHours(2));
    assertThat(slow.next(Optional.of(red), Fraction.of(29, 100), bands, later)).isEqualTo(red);
    assertThat(slow.next(Optional.of(red), Fraction.of(40, 100), bands, START.plus(ofMinutes(59))))
        .isEqualTo(red);
    var yellow = slow.next(Optional.of(red), Fraction.of(30, 100), bands, later);
    assertThat(yellow).isEqualTo(new Hysteresis.Held(BudgetStatus.YELLOW, later));
    assertThat(slow.next(Optional.of(yellow), Fraction.of(24, 100), bands, later).status())
        .isEqualTo(BudgetStatus.RED);
    assertThat(Hysteresis.NONE.next(Optional.of(red), Fraction.of(1, 4), bands, START).status())
        .isEqualTo(BudgetStatus.YELLOW);
  }
}
