package io.bellwether.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The choice of users is fair, independent between releases, and only ever grows. */
class UserHashQualityTest {
  private static final double[] WEIGHTS = {0.1, 1, 5, 10, 25, 50, 75, 90, 99.9, 100};

  /** The 0.1 % and 99.9 % quantiles of chi-square with 99 degrees of freedom. */
  private static final double[] CHI_SQUARE_BAND = {61.14, 148.23};

  /** The 1 % and 99 % quantiles of chi-square with 99 degrees of freedom. */
  private static final double[] NARROW_BAND = {69.23, 134.64};

  /** Keys as they occur. Of one character there are only 65,511: what is not blank, all of them. */
  enum Keys {
    SEQUENTIAL(number -> "user-" + number),
    DIGITS(Integer::toString),
    UUIDS(number -> new UUID(mixed(number), mixed(~number)).toString()),
    E_MAILS(number -> "first.last" + number + "@example.com"),
    TENANTS(number -> "tenant" + number % 100 + "/user" + number / 100),
    ONE_CHARACTER(oneCharacter());

    final List<String> all;

    Keys(IntFunction<String> key) {
      this(IntStream.range(0, 100_000).mapToObj(key).toList());
    }

    Keys(List<String> all) {
      this.all = all;
    }

    private static long mixed(int number) {
      return new SplittableRandom(number).nextLong();
    }

    private static List<String> oneCharacter() {
      return IntStream.rangeClosed(0, Character.MAX_VALUE)
          .mapToObj(unit -> String.valueOf((char) unit))
          .filter(key -> !key.isBlank())
          .toList();
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_share_of_users_is_the_weight_within_half_a_point(Keys keys) {
    var hash = UserHash.of("support-prompt");
    for (var percent : List.of(10, 25, 50, 90)) {
      var weight = Weight.percent(percent);
      var hits = keys.all.stream().filter(key -> hash.within(key, weight)).count();
      assertThat(100.0 * hits / keys.all.size())
          .as(weight.toString())
          .isCloseTo(percent, within(0.5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_buckets_are_evenly_filled_and_not_too_evenly(Keys keys) {
    assertThat(chiSquare(UserHash.of("support-prompt"), keys.all))
        .isBetween(CHI_SQUARE_BAND[0], CHI_SQUARE_BAND[1]);
  }

  /**
   * Of 50 fair releases one is expected outside the narrow band; more than 5 has odds of 1:2000.
   */
  @ParameterizedTest
  @EnumSource
  void no_release_name_is_an_unlucky_one(Keys keys) {
    var outside =
        IntStream.range(0, 50)
            .mapToDouble(number -> chiSquare(UserHash.of("release-" + number), keys.all))
            .filter(chi -> chi < NARROW_BAND[0] || chi > NARROW_BAND[1])
            .count();
    assertThat(outside).isLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource
  void growing_the_weight_moves_nobody_back(Keys keys) {
    var hash = UserHash.of("support-prompt");
    for (var step = 1; step < WEIGHTS.length; step++) {
      var narrow = Weight.percent(WEIGHTS[step - 1]);
      var wide = Weight.percent(WEIGHTS[step]);
      assertThat(keys.all)
          .filteredOn(key -> hash.within(key, narrow))
          .isNotEmpty()
          .filteredOn(key -> !hash.within(key, wide))
          .as("moved back between %s and %s", narrow, wide)
          .isEmpty();
    }
    assertThat(keys.all).allMatch(key -> hash.within(key, Weight.FULL));
  }

  @Test
  void a_weight_of_a_tenth_of_a_percent_is_a_tenth_of_a_percent() {
    var hash = UserHash.of("support-prompt");
    var weight = Weight.percent(0.1);
    var hits = IntStream.range(0, 2_000_000).filter(n -> hash.within("user-" + n, weight)).count();
    assertThat(hits).isBetween(1_850L, 2_150L);
  }

  /** One million keys, so that the band of 0.01 is ten standard deviations of a fair choice. */
  @Test
  void the_cohorts_of_two_releases_are_independent_however_alike_their_names() {
    var names =
        List.of(
            "rollout-a", "rollout-b", "rollout-c", "rollout_a", "checkout", "checkouts", "a", "b");
    var chosen = names.stream().map(name -> tenth(name, 1_000_000)).toList();
    for (var one = 0; one < names.size(); one++) {
      for (var other = one + 1; other < names.size(); other++) {
        assertThat(overlap(chosen.get(one), chosen.get(other)))
            .as("%s and %s", names.get(one), names.get(other))
            .isBetween(0.09, 0.11);
      }
    }
  }

  private static double chiSquare(UserHash hash, List<String> keys) {
    var counts = new int[100];
    for (var key : keys) {
      counts[(int) hash.position(key)]++;
    }
    var expected = keys.size() / 100.0;
    return Arrays.stream(counts)
        .mapToDouble(count -> (count - expected) * (count - expected) / expected)
        .sum();
  }

  private static boolean[] tenth(String release, int users) {
    var hash = UserHash.of(release);
    var weight = Weight.percent(10);
    var chosen = new boolean[users];
    for (var user = 0; user < users; user++) {
      chosen[user] = hash.within("user-" + user, weight);
    }
    return chosen;
  }

  private static double overlap(boolean[] one, boolean[] other) {
    var inOne = 0;
    var inBoth = 0;
    for (var user = 0; user < one.length; user++) {
      inOne += one[user] ? 1 : 0;
      inBoth += one[user] && other[user] ? 1 : 0;
    }
    return (double) inBoth / inOne;
  }
}
