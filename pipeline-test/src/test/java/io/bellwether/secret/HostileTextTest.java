package io.bellwether.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.bellwether.testing.Cases;
import java.io.IOException;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Texts and secrets of few letters, which look alike at every place. */
class HostileTextTest {
  private static final Duration SOON = Duration.ofSeconds(2);
  private static final int LONG = 5000;

  private static SecretMasker masking(List<String> secrets) {
    var masker = SecretMasker.create();
    secrets.forEach(secret -> masker.add(Secret.of(secret)));
    return masker;
  }

  private static String written(SecretMasker masker, String text, int size) throws IOException {
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      for (var from = 0; from < text.length(); from += size) {
        writer.write(text, from, Math.min(size, text.length() - from));
      }
    }
    return out.toString();
  }

  @Test
  void long_secrets_of_one_letter_do_not_slow_the_search_down() {
    var masker = masking(List.of("a".repeat(LONG) + "b", "a".repeat(8) + "c"));
    var text = "a".repeat(400_000);
    assertTimeout(SOON, () -> assertThat(masker.mask(text)).isSameAs(text));
    assertTimeout(
        SOON,
        () -> assertThat(masker.mask(text + "b")).isEqualTo("a".repeat(400_000 - LONG) + "***"));
  }

  @Test
  void a_writer_does_not_search_what_it_holds_for_each_character() {
    var masker = masking(List.of("a".repeat(LONG) + "b", "a".repeat(8) + "c"));
    var text = ("a".repeat(LONG - 1) + "d").repeat(20);
    assertTimeout(SOON, () -> assertThat(written(masker, text, 1)).isEqualTo(text));
    assertTimeout(
        SOON,
        () ->
            assertThat(written(masker, text + "a".repeat(LONG) + "b", 1)).isEqualTo(text + "***"));
  }

  @Test
  void what_is_held_goes_out_with_a_flush_if_it_is_no_beginning() throws IOException {
    var out = new StringWriter();
    var beginning = "a".repeat(LONG);
    try (var writer = masking(List.of(beginning + "b")).writer(out)) {
      writer.write(beginning);
      writer.write("d\n");
      writer.flush();
      assertThat(out).hasToString(beginning + "d\n");
    }
  }

  @Test
  void comparing_by_prints_finds_what_comparing_by_character_does() {
    Cases.forAll(
        "masked as by characters",
        60,
        gen -> {
          var secret = gen.pick("a", "ab", "aab").repeat(300) + "x";
          var masker = masking(List.of(secret, secret.substring(250)));
          var cut = secret.length() - 1;
          var before = secret.substring(gen.between(1, 200), cut).repeat(30);
          var text = before + "!" + secret + "!" + before.substring(0, 3);
          var masked = before + "!***!" + before.substring(0, 3);
          assertThat(masker.mask(text)).isEqualTo(masked);
          assertThat(written(masker, text, gen.between(1, 500))).isEqualTo(masked);
        });
  }

  /** Every form of every one of its twenty thousand values took half a minute to write. */
  @Test
  void a_structured_secret_of_a_megabyte_is_taken_in_soon() {
    var secret =
        IntStream.range(0, 21_000)
            .mapToObj(i -> "\"key_%d\": \"v/%d+canary&%08x\"".formatted(i, i, 31 * i))
            .collect(Collectors.joining(",\n", "{", "}"));
    var masker = assertTimeout(Duration.ofSeconds(25), () -> masking(List.of(secret)));
    assertThat(masker.mask("a v/20999+canary&%08x b".formatted(31 * 20_999))).isEqualTo("a *** b");
    assertThat(masker.mask("v%2F7%2Bcanary%26000000d9 v/7+canary&amp;000000d9"))
        .as("the commonest forms")
        .isEqualTo("*** ***");
    assertThat(masker.mask(secret)).isEqualTo("***");
  }
}
