package io.bellwether.secret.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretMasker;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.source.SecretAge.Status;
import io.bellwether.testing.MutableClock;
import io.bellwether.testing.SecretSourceTck;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretRotationTest {
  private static final Secret OLD = Secret.of("canary-old-1");
  private static final Secret NEW = Secret.of("canary-new-2");

  private final MutableClock clock = MutableClock.create();
  private final SecretMasker masker = SecretMasker.create();
  private final SecretRotation rotation =
      SecretRotation.of(
          "AI_API_KEY",
          SecretScope.environment("production"),
          OLD,
          clock.instant(),
          SecretAge.production(),
          clock,
          masker);

  private String masked() {
    return masker.mask("canary-old-1 canary-new-2");
  }

  @Test
  void it_keeps_the_rules_of_a_source() {
    SecretSourceTck.verify(rotation, Map.of("AI_API_KEY", "canary-old-1"));
  }

  @Test
  void an_edition_is_created_verified_and_promoted_while_its_predecessor_stays_valid() {
    assertThat(masked()).isEqualTo("*** canary-new-2");
    rotation.create(NEW);
    assertThat(rotation.pending()).contains(NEW);
    assertThat(masked()).isEqualTo("*** ***");
    assertThat(current().secret()).isEqualTo(OLD);
    rotation.verified();
    clock.advance(Duration.ofDays(1));
    rotation.promote(Duration.ofHours(1));
    assertThat(current().secret()).isEqualTo(NEW);
    assertThat(current().version()).isEqualTo("2");
    assertThat(rotation.previous()).contains(OLD);
    assertThat(rotation).hasToString("AI_API_KEY edition 2, FRESH");
    clock.advance(Duration.ofHours(1));
    assertThat(rotation.previous()).as("at the end of the overlap").isEmpty();
    assertThat(masked()).as("old lines get replayed").isEqualTo("*** ***");
  }

  private FoundSecret current() {
    return rotation.find("AI_API_KEY").orElseThrow();
  }

  @Test
  void a_revoked_predecessor_is_handed_out_no_more() {
    rotation.create(NEW);
    rotation.verified();
    rotation.promote(Duration.ofHours(1));
    rotation.revokePrevious();
    assertThat(rotation.previous()).isEmpty();
    assertThat(masked()).isEqualTo("*** ***");
  }

  @Test
  void nothing_is_promoted_that_nobody_created_and_verified() {
    assertThatIllegalStateException()
        .isThrownBy(() -> rotation.promote(Duration.ZERO))
        .withMessage(
            "AI_API_KEY: there is no new edition to be promoted; call create(secret) first");
    assertThatIllegalStateException().isThrownBy(rotation::verified);
    rotation.create(NEW);
    assertThatIllegalStateException()
        .isThrownBy(() -> rotation.promote(Duration.ZERO))
        .withMessageContaining("was not verified; try it in staging");
    rotation.verified();
    rotation.create(Secret.of("canary-third"));
    assertThatIllegalStateException().isThrownBy(() -> rotation.promote(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> rotation.create(OLD));
  }

  @Test
  void its_age_is_due_at_four_fifths_and_overdue_at_the_end() {
    assertThat(rotation.status()).isEqualTo(Status.FRESH);
    clock.advance(Duration.ofDays(72).minusMillis(1));
    assertThat(rotation.status()).isEqualTo(Status.FRESH);
    clock.advance(Duration.ofMillis(1));
    assertThat(rotation.status()).isEqualTo(Status.DUE);
    clock.advance(Duration.ofDays(18).minusMillis(1));
    assertThat(rotation.status()).isEqualTo(Status.DUE);
    clock.advance(Duration.ofMillis(1));
    assertThat(rotation.status()).isEqualTo(Status.OVERDUE);
    assertThatIllegalArgumentException().isThrownBy(() -> new SecretAge(Duration.ZERO));
  }

  @Test
  void who_knew_it_has_left_so_it_is_overdue_until_it_is_replaced() {
    rotation.exposed();
    assertThat(rotation.status()).isEqualTo(Status.OVERDUE);
    rotation.create(NEW);
    rotation.verified();
    rotation.promote(Duration.ZERO);
    assertThat(rotation.status()).isEqualTo(Status.FRESH);
    assertThat(rotation.previous()).isEmpty();
  }

  @Test
  void an_edition_that_is_too_short_to_be_masked_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rotation.create(Secret.of("1234567")))
        .withMessage(
            "AI_API_KEY: the edition has less than 8 characters and cannot be masked; make a longer"
                + " one");
    assertThat(rotation.pending()).isEmpty();
  }

  @Test
  void a_name_that_says_nothing_is_refused() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SecretRotation.of(
                    "KEY1",
                    SecretScope.repository(),
                    OLD,
                    clock.instant(),
                    SecretAge.production(),
                    clock,
                    masker))
        .withMessageContaining("'KEY1' does not say what it opens");
  }
}
