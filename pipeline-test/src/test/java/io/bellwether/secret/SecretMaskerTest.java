package io.bellwether.secret;

import static io.bellwether.secret.Masking.masking;
import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SecretMaskerTest {
  @Test
  void a_line_without_a_secret_comes_back_as_it_is() {
    var line = new String("nothing to see here, only some words and a key12345");
    assertThat(masking("key123456").mask(line)).isSameAs(line);
    assertThat(SecretMasker.create().mask(line)).isSameAs(line);
    assertThat(masking("key123456").mask("")).isEmpty();
  }

  @Test
  void a_secret_becomes_three_stars_wherever_it_stands() {
    var masker = masking("canary-1234");
    assertThat(masker.mask("canary-1234")).isEqualTo("***");
    assertThat(masker.mask("a canary-1234, canary-1234!")).isEqualTo("a ***, ***!");
    assertThat(masker.mask("canary-1234canary-1234")).isEqualTo("***");
  }

  @Test
  void overlapping_secrets_become_one_mask_and_the_longest_wins() {
    assertThat(masking("canary-1234", "canary-1234-5678").mask("<canary-1234-5678>"))
        .isEqualTo("<***>");
    assertThat(masking("abcdefgh", "efghijkl").mask("x abcdefghijkl y")).isEqualTo("x *** y");
    assertThat(masking("aaaaaaaa").mask("a".repeat(50) + "b")).isEqualTo("***b");
  }

  @Test
  void short_secrets_are_not_masked_and_it_is_said() {
    var masker = SecretMasker.create();
    assertThat(masker.add(Secret.of("1234567"))).isFalse();
    assertThat(masker.addAll(List.of(Secret.of("test"), Secret.of("12345678")))).isEqualTo(1);
    assertThat(masker.mask("a test of 1234567 and 12345678"))
        .isEqualTo("a test of 1234567 and ***");
    assertThat(SecretMasker.masks(Secret.of("1234567"))).isFalse();
    assertThat(SecretMasker.masks(Secret.of(" ".repeat(20)))).as("an indent").isFalse();
    assertThat(SecretMasker.masks(Secret.of("  1234567  "))).isFalse();
    assertThat(SecretMasker.masks(Secret.of("12345678"))).isTrue();
    assertThat(masker).hasToString("a masker");
  }

  @Test
  void it_masks_what_a_naive_search_finds_and_nothing_else() {
    Cases.forAll(
        "masked as by a naive search",
        2_000,
        gen -> {
          var secrets = gen.list(1, 6, () -> text(gen, gen.between(8, 14)));
          var masker = masking(secrets.toArray(new String[0]));
          var text = text(gen, gen.between(0, 20)) + gen.pick(secrets) + text(gen, 9);
          assertThat(masker.mask(text)).isEqualTo(naive(text, secrets));
          assertThat(written(masker, text, gen)).as("in pieces").isEqualTo(naive(text, secrets));
        });
  }

  /** Of few letters, so that secrets overlap; of no hex digits or base64 of one another. */
  private static String text(Gen gen, int length) {
    var text = new StringBuilder();
    for (var i = 0; i < length; i++) {
      text.append(gen.pick("-", "=", "!"));
    }
    return text.toString();
  }

  private static String written(SecretMasker masker, String text, Gen gen) throws IOException {
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      for (var i = 0; i < text.length(); ) {
        var end = Math.min(text.length(), i + gen.between(1, 9));
        writer.write(text, i, end - i);
        i = end;
      }
    }
    return out.toString();
  }

  private static String naive(String text, List<String> secrets) {
    var forms = new ArrayList<String>();
    secrets.forEach(secret -> forms.addAll(Encodings.of(secret)));
    forms.sort(Comparator.comparingInt(String::length));
    var hidden = new boolean[text.length()];
    for (var form : forms) {
      for (var at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
        Arrays.fill(hidden, at, at + form.length(), true);
      }
    }
    var out = new StringBuilder();
    for (var i = 0; i < text.length(); i++) {
      if (!hidden[i]) {
        out.append(text.charAt(i));
      } else if (i == 0 || !hidden[i - 1]) {
        out.append("***");
      }
    }
    return out.toString();
  }

  @Test
  void a_thousand_secrets_of_every_length_are_found() {
    var masker = SecretMasker.create();
    var secrets = new ArrayList<Secret>();
    for (var i = 0; i < 1000; i++) {
      secrets.add(Secret.of("s3cr3t-" + i + "-" + "x".repeat(i % 40)));
    }
    assertThat(masker.addAll(secrets)).isEqualTo(1000);
    for (var i = 0; i < 1000; i++) {
      var text = "<s3cr3t-" + i + "-" + "x".repeat(i % 40) + ">";
      assertThat(masker.mask(text)).isEqualTo("<***>");
    }
  }

  @Test
  void lines_are_masked_while_secrets_are_added() throws InterruptedException {
    var masker = masking("canary-1234");
    var leaked = new AtomicBoolean();
    var reader =
        new Thread(
            () -> {
              for (var i = 0; i < 20_000; i++) {
                if (!masker.mask("x canary-1234 y").equals("x *** y")) {
                  leaked.set(true);
                }
              }
            });
    reader.start();
    for (var i = 0; i < 200; i++) {
      masker.add(Secret.of("another-" + i));
    }
    reader.join(30_000);
    assertThat(leaked).isFalse();
    assertThat(masker.mask("another-199")).isEqualTo("***");
  }
}
