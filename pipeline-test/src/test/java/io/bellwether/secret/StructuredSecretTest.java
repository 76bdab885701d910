package io.bellwether.secret;

import static io.bellwether.secret.Masking.inPieces;
import static io.bellwether.secret.Masking.masking;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets with lines, fields and leaves. */
class StructuredSecretTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://admin:hunter2hunter2@db:5432/x",
        "jdbc:postgresql://db/x?user=admin&password=hunter2hunter2&ssl=true",
        "redis://:hunter2hunter2@cache",
        "https://hunter2hunter2@example.com/1",
        "Server=db;Password=hunter2hunter2;Encrypt=true",
        "host=db password=hunter2hunter2 port=5432",
        "user=admin\nexport password = \"hunter2hunter2\"\n",
        "user: admin\npassword: 'hunter2hunter2'\n",
        "{\"url\": \"postgres://admin:hunter2hunter2@db/x\"}",
        "{\"env\": \"A=b\\nPASSWORD=hunter2hunter2\"}"
      })
  void the_password_in_a_structured_secret_is_masked_alone(String secret) throws IOException {
    var masker = masking(secret);
    var text = "for admin at db, user and password: hunter2hunter2 failed";
    var expected = "for admin at db, user and password: *** failed";
    assertThat(masker.mask(text)).isEqualTo(expected);
    assertThat(inPieces(masker, text, 1)).isEqualTo(expected);
    assertThat(masker.mask(secret)).doesNotContain("hunter2");
  }

  @Test
  void what_is_escaped_in_a_url_is_masked_as_it_was_before() {
    var masker = masking("postgres://admin:hunter2%2Fhunter%40@db/x?sslkey=a;b=cdefghijk");
    assertThat(masker.mask("a hunter2/hunter@ b hunter2%2fhunter%40 c cdefghijk"))
        .isEqualTo("a *** b *** c ***");
    assertThat(masking("u=100%sure=yes&more").mask("it is 100%sure=yes&more"))
        .isEqualTo("it is ***");
    assertThat(masking("amqp://u:pa/ss#word1@mq").mask("pa/ss#word1")).isEqualTo("***");
  }

  @Test
  void a_number_in_json_is_masked_and_a_name_or_a_short_value_is_not() {
    var masker = masking("{\"pin_number\": 4711081512, \"port\": 5432, \"private_key\": \"x=ab\"}");
    assertThat(masker.mask("4711081512 at 5432: private_key, pin_number"))
        .isEqualTo("*** at 5432: private_key, pin_number");
  }

  @Test
  void a_line_made_to_be_slow_is_taken_apart_in_time() {
    for (var piece : List.of("a", "=", " ", "a=", "://", "://a:", "&a ", "a: ", "a=%20")) {
      assertTimeout(Duration.ofSeconds(5), () -> SecretParts.of(piece.repeat(20_000)), piece);
    }
  }

  @Test
  void of_several_lines_each_that_tells_something_is_masked() {
    var pem =
        "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkq\nhkiG9w0BAQEFAASC\n-----END PRIVATE KEY-----\n";
    var masker = masking(pem);
    assertThat(masker.mask(pem)).isEqualTo("***");
    assertThat(masker.mask("key: hkiG9w0BAQEFAASC")).isEqualTo("key: ***");
    assertThat(masker.mask("MIIEvQIBADANBgkq\\nhkiG9w0BAQEFAASC")).isEqualTo("***");
    var armour = "-----BEGIN PRIVATE KEY----- is how they start";
    assertThat(masker.mask(armour)).isSameAs(armour);
  }

  @Test
  void of_a_structured_secret_each_text_is_masked_and_no_brace() {
    var masker =
        masking("{\n  \"user\": \"admin\",\n  \"deep\": [{\"key\": \"canary\\\"1234\"}]\n}");
    assertThat(masker.mask("key=canary\"1234 { } admin")).isEqualTo("key=*** { } admin");
    assertThat(masking("{not json at all").mask("x {not json at all y")).isEqualTo("x *** y");
  }
}
