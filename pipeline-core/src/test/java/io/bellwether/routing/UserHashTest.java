package io.bellwether.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.allocation.Allocations;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UserHashTest {
  private static final UserHash HASH = UserHash.of("support-prompt");

  @Test
  void every_published_vector_holds() {
    assertThat(HashVector.published())
        .hasSizeGreaterThan(30)
        .allSatisfy(
            vector -> assertThat(vector.computed()).as(vector.toString()).isEqualTo(vector.bits()));
  }

  @Test
  void the_vectors_in_the_documentation_are_the_published_ones() {
    assertThat(HashVector.documented())
        .containsExactlyElementsOf(
            HashVector.published().stream().filter(HashVector::fitsATable).toList());
  }

  @Test
  void the_default_locale_makes_no_difference() {
    var before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      every_published_vector_holds();
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void the_bucket_is_the_unsigned_upper_half() {
    var cases = new SplittableRandom(11);
    for (var number = 0; number < 1_000; number++) {
      var key = "user-" + cases.nextLong();
      assertThat(HASH.bucket(key))
          .as(key)
          .isEqualTo(HASH.bits(key) >>> 32)
          .isBetween(0L, 0xFFFF_FFFFL);
      assertThat(HASH.position(key)).as(key).isGreaterThanOrEqualTo(0).isLessThan(100);
    }
  }

  @Test
  void nothing_is_within_no_weight_and_everything_within_the_full_one() {
    assertThat(UserHash.threshold(Weight.ZERO)).isZero();
    assertThat(UserHash.threshold(Weight.FULL)).isEqualTo(1L << 32);
    assertThat(UserHash.threshold(Weight.percent(Math.nextDown(100.0)))).isLessThan(1L << 32);
  }

  @Test
  void a_threshold_is_the_share_of_all_buckets_rounded_down() {
    assertThat(UserHash.threshold(Weight.percent(50))).isEqualTo(1L << 31);
    assertThat(UserHash.threshold(Weight.percent(10))).isEqualTo(429_496_729L);
    assertThat(UserHash.threshold(Weight.percent(0.1))).isEqualTo(4_294_967L);
    assertThat(UserHash.threshold(Weight.percent(0.0001))).isEqualTo(4_294L);
    assertThat(UserHash.threshold(Weight.percent(1e-9))).isZero();
  }

  @Test
  void a_key_is_within_a_weight_just_above_its_position_and_not_within_its_position() {
    var cases = new SplittableRandom(12);
    for (var number = 0; number < 1_000; number++) {
      var key = "user-" + cases.nextLong();
      var position = HASH.position(key);
      assertThat(HASH.within(key, Weight.percent(position))).as(key).isFalse();
      assertThat(HASH.within(key, Weight.percent(position + 1e-6))).as(key).isTrue();
    }
  }

  @Test
  void every_code_unit_of_a_key_of_any_length_counts() {
    var cases = new SplittableRandom(13);
    for (var length = 1; length <= 70; length++) {
      var key = new char[length];
      for (var at = 0; at < length; at++) {
        key[at] = (char) cases.nextInt(Character.MAX_VALUE + 1);
      }
      var seen = new HashSet<>(List.of(HASH.bits(new String(key))));
      for (var at = 0; at < length; at++) {
        key[at] ^= 1;
        assertThat(seen.add(HASH.bits(new String(key))))
            .as("length %d, unit %d", length, at)
            .isTrue();
        key[at] ^= 1;
      }
    }
  }

  @Test
  void keys_of_zeros_differ_by_their_length() {
    var seen = new HashSet<Long>();
    for (var length = 0; length <= 100; length++) {
      assertThat(seen.add(HASH.bits("\0".repeat(length)))).as("length %d", length).isTrue();
    }
  }

  @Test
  void how_a_key_was_made_makes_no_difference() {
    var latin = "user-42";
    var wide = "\u6771user-42".substring(1);
    assertThat(wide).isEqualTo(latin);
    assertThat(HASH.bits(wide)).isEqualTo(HASH.bits(latin));
    assertThat(UserHash.of("support-prompt").bits(latin)).isEqualTo(HASH.bits(latin));
  }

  @Test
  void letters_of_other_case_and_unpaired_surrogates_are_other_keys() {
    assertThat(HASH.bits("Ann")).isNotEqualTo(HASH.bits("ann"));
    assertThat(HASH.bits("\ud83d")).isNotEqualTo(HASH.bits("\ude00")).isNotEqualTo(HASH.bits("?"));
  }

  @Test
  void hashing_allocates_nothing() {
    var keys = List.of("a", "user-1", "ann@example.com", "\u6771\u4eac", "x".repeat(500));
    var bytes =
        Allocations.perCall(
            20_000,
            call -> {
              var key = keys.get(call % 5);
              return HASH.within(key, Weight.FULL) ? HASH.bits(key) : 0;
            });
    assertThat(bytes).isLessThan(0.5);
  }
}
