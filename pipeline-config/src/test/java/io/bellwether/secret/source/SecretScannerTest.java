package io.bellwether.secret.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretScannerTest {
  private static final Pattern RANDOM =
      Pattern.compile("\\{(alnum|hex|upper|lower|alpha|b32|b64|digit):(\\d+)}");
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
  private static final Map<String, String> ALPHABETS =
      Map.of(
          "alnum",
          UPPER + LOWER + "0123456789",
          "hex",
          "0123456789abcdef",
          "upper",
          UPPER,
          "lower",
          LOWER,
          "alpha",
          UPPER + LOWER,
          "b32",
          "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
          "b64",
          UPPER + LOWER + "0123456789+/",
          "digit",
          "0123456789");

  private record Sample(boolean secret, String key, String value) {}

  private final SplittableRandom random = new SplittableRandom(7);

  private List<Sample> corpus() throws IOException {
    try (var in = Objects.requireNonNull(getClass().getResourceAsStream("/secrets/corpus.tsv"))) {
      var samples = new ArrayList<Sample>();
      for (var line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (!line.startsWith("#")) {
          var fields = line.split("\t", -1);
          samples.add(new Sample(fields[0].equals("secret"), fields[1], value(fields[2])));
        }
      }
      return samples;
    }
  }

  private String value(String template) {
    return RANDOM
        .matcher(template.replace("\\n", "\n").replace("\\\\", "\\"))
        .replaceAll(
            found -> {
              var alphabet = ALPHABETS.get(found.group(1));
              var text = new StringBuilder();
              for (var i = Integer.parseInt(found.group(2)); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
              }
              return text.toString();
            });
  }

  @Test
  void its_precision_on_the_corpus_is_what_the_guide_says() throws IOException {
    int certainRight = 0;
    int certainWrong = 0;
    int guessRight = 0;
    int guessWrong = 0;
    int missed = 0;
    for (var round = 0; round < 20; round++) {
      for (var sample : corpus()) {
        var found = SecretScanner.scan(sample.key(), sample.value());
        var certain = found.stream().anyMatch(SecretFinding::certain);
        assertThat(certain && !sample.secret()).as("refused in vain: %s", sample).isFalse();
        certainRight += certain && sample.secret() ? 1 : 0;
        certainWrong += certain && !sample.secret() ? 1 : 0;
        guessRight += !certain && !found.isEmpty() && sample.secret() ? 1 : 0;
        guessWrong += !certain && !found.isEmpty() && !sample.secret() ? 1 : 0;
        missed += found.isEmpty() && sample.secret() ? 1 : 0;
      }
    }
    System.out.printf(
        java.util.Locale.ROOT,
        "corpus: refused %d right and %d wrong, warned %d right and %d wrong, missed %d%n",
        certainRight,
        certainWrong,
        guessRight,
        guessWrong,
        missed);
    assertThat(certainWrong).as("refused in vain").isZero();
    assertThat((double) guessRight / (guessRight + guessWrong)).isGreaterThanOrEqualTo(0.75);
    assertThat((double) missed / (certainRight + guessRight + missed)).isLessThan(0.05);
  }

  @Test
  void a_finding_says_where_and_not_what() {
    var key = value("ghp_{alnum:36}");
    var found = SecretScanner.scan("see " + key + " and " + value("AKIA{b32:16}") + ".");
    assertThat(found)
        .extracting(SecretFinding::rule)
        .containsExactly("github-token", "aws-access-token");
    assertThat(found.get(0)).isEqualTo(new SecretFinding("github-token", true, 4, 44));
    assertThat(found.toString()).doesNotContain(key.substring(4, 12));
    assertThat(found.get(0)).hasToString("is a secret by its shape (github-token)");
  }

  @Test
  void a_password_in_an_address_is_guessed() {
    var text = "see postgres://app:hunter2@db/x and ftp://u:${FTP_PASSWORD}@h";
    assertThat(SecretScanner.scan(text))
        .containsExactly(new SecretFinding("password-in-address", false, 19, 26));
    assertThat(SecretScanner.scan("url", "postgres://app:hunter2@db/x"))
        .containsExactly(new SecretFinding("password-in-address", false, 15, 22));
  }

  @Test
  void a_key_assigned_in_prose_is_guessed() {
    var text = "curl with password = \"" + value("{alnum:24}7") + "\" please";
    assertThat(SecretScanner.scan(text))
        .singleElement()
        .satisfies(found -> assertThat(found.certain()).isFalse());
    assertThat(SecretScanner.scan("password: ${DB_PASSWORD_OF_ORDERS_1}")).isEmpty();
  }

  @Test
  void a_long_text_is_scanned_in_linear_time() {
    for (var piece :
        List.of("sk-", "ey", "-----BEGIN ", "token=", "Q~1Q~", "://a:", "://aaaaaaaa")) {
      var text = piece.repeat(200_000 / piece.length());
      var begun = System.nanoTime();
      SecretScanner.scan(text);
      assertThat(System.nanoTime() - begun).as(piece).isLessThan(5_000_000_000L);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "db_password",
        "dbPassword",
        "api-key",
        "AI_API_KEY",
        "apiKey",
        "clientSecret",
        "access_token",
        "routing_key",
        "webhook_url",
        "PRIVATE_KEY",
        "credentials"
      })
  void a_key_that_names_a_secret_holds_one(String key) {
    assertThat(SecretNames.holdsSecret(key)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "max_tokens",
        "token_limit",
        "tokenizer",
        "keyboard",
        "key",
        "width",
        "monkey",
        "secret_name",
        "partition_key",
        "passwordless",
        "public_key",
        "",
        "_"
      })
  void a_key_that_only_sounds_like_it_holds_none(String key) {
    assertThat(SecretNames.holdsSecret(key)).isFalse();
  }

  @Test
  void a_secret_is_named_after_what_it_opens() {
    for (var name : List.of("KEY1", "SECRET", "MY_TOKEN", "key-2", "A", "TEST_KEY", "X1", "")) {
      assertThat(SecretNames.problemWith(name)).as(name).isPresent();
    }
    for (var name : List.of("AI_API_KEY", "PAYMENTS_TOKEN", "slackWebhook", "DB_PASSWORD")) {
      assertThat(SecretNames.problemWith(name)).as(name).isEmpty();
    }
  }
}
