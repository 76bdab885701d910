package io.bellwether.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretMaskerTest {
  private static final String NASTY = "pä\"ss'w/o+r<d>&\\ \u6f22*~!";

  private static SecretMasker masking(String... secrets) {
    var masker = SecretMasker.create();
    for (var secret : secrets) {
      assertThat(masker.add(Secret.of(secret))).as(secret).isTrue();
    }
    return masker;
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"plainSecret42", NASTY, "user:p@ss word/=?&", "AAAAAAAAAAAA"})
  void every_encoding_of_it_is_masked(String secret) {
    var masker = masking(secret);
    var utf8 = secret.getBytes(UTF_8);
    for (var before : List.of("", "u", "us", "user:")) {
      for (var after : List.of("", "x", "xy", "xyz")) {
        var bytes = (before + secret + after).getBytes(UTF_8);
        for (var text :
            List.of(
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder().withoutPadding().encodeToString(bytes),
                Base64.getUrlEncoder().encodeToString(bytes),
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes))) {
          assertThat(masker.mask(text)).as("%s of %s", text, before).contains("***");
          assertThat(masker.mask(text).length()).isLessThan(4 * (before + after).length() + 10);
        }
      }
    }
    var form = URLEncoder.encode(secret, UTF_8);
    assertThat(
            masker.mask(
                String.join(
                    "\n",
                    secret,
                    form,
                    form.replace("+", "%20"),
                    lower(form),
                    json(secret),
                    ascii(secret),
                    xml(secret),
                    HexFormat.of().formatHex(utf8))))
        .isEqualTo("***\n***\n***\n***\n***\n***\n***\n***");
  }

  private static String lower(String form) {
    var out = new StringBuilder();
    for (var i = 0; i < form.length(); i++) {
      out.append(form.charAt(i));
      if (form.charAt(i) == '%') {
        out.append(form.substring(i + 1, i + 3).toLowerCase(Locale.ROOT));
        i += 2;
      }
    }
    return out.toString();
  }

  private static String json(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String ascii(String text) {
    var out = new StringBuilder();
    json(text)
        .chars()
        .forEach(
            c -> out.append(c > 126 ? "\\u" + HexFormat.of().toHexDigits((char) c) : (char) c));
    return out.toString();
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static final String KEY = "Kx81vQpTz0+rYt/Jw27PqRs==";

  private static void hidden(String secret, String... forms) throws IOException {
    var masker = masking(secret);
    for (var form : forms) {
      assertThat(form).as("another form").isNotEqualTo(secret);
      assertThat(masker.mask("<" + form + ">")).as(form).isEqualTo("<***>");
      assertThat(inPieces(masker, "<" + form + ">", 1)).as(form).isEqualTo("<***>");
      assertThat(inPieces(masker, "<" + form + ">", 5)).as(form).isEqualTo("<***>");
    }
  }

  @Test
  void json_that_may_stand_in_a_page_is_masked() throws IOException {
    var equals = KEY.replace("=", "\\u003d");
    hidden(KEY, equals, equals.replace("3d", "3D"), equals.replace("/", "\\/"));
    hidden(KEY, KEY.replace("+", "\\u002b"), KEY.replace("+", "\\u002B"));
    hidden(
        "a<b>c&d'e=f\"g/\u00f6",
        "a\\u003cb\\u003ec\\u0026d'e=f\\\"g/\u00f6", // Go
        "a\\u003cb\\u003ec\\u0026d\\u0027e\\u003df\\\"g/\u00f6", // Gson
        "a\\u003Cb\\u003Ec\\u0026d\\u0027e=f\\\"g/\\u00F6", // Jackson
        "a\\u003Cb\\u003Ec\\u0026d\\u0027e=f\\u0022g\\/\\u00f6".replace("f6", "F6"), // PHP
        "a<b>c&d'e=f\\\"g\\/\\u00f6",
        "a<b>c&d'e=f\\\\\\\"g/\u00f6"); // JSON as a text in JSON
    hidden("page\u2028break<", "page\\u2028break\\u003c");
  }

  @Test
  void every_set_of_characters_a_uri_keeps_is_masked() throws Exception {
    var query = KEY.replace("=", "%3D");
    hidden(KEY, query, query.replace("3D", "3d"), query.replace("+", "%2B"));
    hidden(KEY, query.replace("/", "%2F"), KEY.replace("+", "%2B"), KEY.replace("/", "%2f"));
    var secret = "my l\u00f6ng+pass/word;x%=&?#[~";
    var uri = new URI("https", "h", "/" + secret, null, null);
    var inQuery = new URI("https", "h", "/", secret, null);
    hidden(
        secret,
        uri.getRawPath().substring(1),
        uri.toASCIIString().substring("https://h/".length()),
        inQuery.getRawQuery(),
        inQuery.toASCIIString().substring("https://h/?".length()),
        "my%20l%C3%B6ng+pass/word;x%25%3D%26?%23%5B~", // Spring: a query parameter
        "my%20l%C3%B6ng+pass%2Fword;x%25=&%3F%23%5B~", // Spring: a path segment
        "my%20l%C3%B6ng+pass%2Fword;x%25=&%3F%23[~", // OkHttp: a path segment
        "my%20l%C3%B6ng%2Bpass%2Fword%3Bx%25%3D%26%3F%23%5B%7E", // OkHttp: a query parameter
        "my+l%c3%b6ng%2bpass%2fword%3bx%25%3d%26%3f%23%5b~", // Python, in lower case
        "my%20l%C3%B6ng%2Bpass/word%3Bx%25%3D%26%3F%23%5B~"); // Python: a path
  }

  @Test
  void references_by_number_are_masked() throws IOException {
    hidden(
        KEY,
        KEY.replace("=", "&#61;"),
        KEY.replace("=", "&#x3D;"),
        KEY.replace("=", "&#x3D;").replace("/", "&#x2F;"),
        KEY.replace("/", "&#x2F;"),
        KEY.replace("+", "&#43;"),
        KEY.replace("+", "&#x2B;"));
    hidden(
        "p\u00e4ss'w<o>r&d\"\ud83d\ude00",
        "p&#228;ss&#39;w&lt;o&gt;r&amp;d&#34;&#128512;",
        "p&#xe4;ss&#x27;w&lt;o&gt;r&amp;d&quot;&#x1f600;",
        "p&#xE4;ss&#x27;w&lt;o&gt;r&amp;d&quot;&#x1F600;",
        "p\u00e4ss&#039;w&lt;o&gt;r&amp;d&quot;\ud83d\ude00",
        "p\u00e4ss&#x27;w&#x3c;o&#x3e;r&#x26;d&#x22;\ud83d\ude00",
        "p\u00e4ss&#39;w&#60;o&#62;r&#38;d&#34;\ud83d\ude00");
  }

  @Test
  void base64_that_is_escaped_itself_is_masked() throws IOException {
    var secret = "u:~~~???>>>o?";
    var base64 = Base64.getEncoder().withoutPadding().encodeToString(secret.getBytes(UTF_8));
    assertThat(base64).contains("+", "/");
    var masker = masking(secret);
    for (var form :
        List.of(
            base64.replace("+", "%2B").replace("/", "%2F"),
            base64.replace("+", "%2b").replace("/", "%2f"),
            base64.replace("/", "\\/"),
            base64.replace("+", "\\u002B"))) {
      assertThat(masker.mask(form)).as(form).startsWith("***").hasSizeLessThan(5);
    }
  }

  @Test
  void letters_and_digits_have_no_more_forms_than_base64_and_hex() {
    assertThat(Encodings.of("plainSecret42")).hasSizeLessThanOrEqualTo(9);
  }

  @Test
  void a_long_secret_has_the_commonest_forms_alone() {
    var secret = NASTY.repeat(250);
    assertThat(Encodings.of(secret).size()).isLessThan(Encodings.of(NASTY).size() / 2);
    var masker = masking(secret);
    for (var form : List.of(json(secret), ascii(secret), xml(secret), lower(form(secret)))) {
      assertThat(masker.mask(form)).isEqualTo("***");
    }
  }

  private static String form(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

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

  @ParameterizedTest
  @ValueSource(ints = {16, 60, 64, 76})
  void base64_that_is_wrapped_into_lines_is_masked(int width) throws IOException {
    var masker = masking("canary-1234-5678");
    for (var before = 0; before < 80; before++) {
      for (var lineBreak : List.of("\n", "\r\n", "\\n", "\\r\\n", "\n  ", "\n\t")) {
        var text = wrapped("x".repeat(before) + "canary-1234-5678 and more", width, lineBreak);
        var masked = masker.mask(text);
        assertThat(masked).as(text).contains("***").isEqualTo(inPieces(masker, text, 1));
        assertThat(inPieces(masker, text, 7)).as(text).isEqualTo(masked);
        assertThat(masked.length())
            .isLessThan(text.length() - 16)
            .isGreaterThan(text.length() - 28 - 4 * lineBreak.length());
      }
    }
  }

  private static String wrapped(String text, int width, String lineBreak) {
    return Base64.getMimeEncoder(width, new byte[] {'\n'})
        .encodeToString(text.getBytes(UTF_8))
        .replace("\n", lineBreak);
  }

  private static String inPieces(SecretMasker masker, String text, int length) throws IOException {
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      for (var i = 0; i < text.length(); i += length) {
        writer.write(text, i, Math.min(length, text.length() - i));
      }
    }
    return out.toString();
  }

  @Test
  void the_end_of_a_line_of_words_is_no_wrapping() throws IOException {
    var masker = masking("canary-1234");
    var text = "it sings: canary\n-1234 or can\\nary-1234\n";
    assertThat(masker.mask(text)).isSameAs(text);
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      writer.write("the first word is c\n");
      assertThat(out).as("not kept back").hasToString("the first word is c\n");
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
  void a_secret_split_over_writes_is_masked() throws IOException {
    var out = new StringWriter();
    try (var writer = masking("canary-1234").writer(out)) {
      for (var piece : List.of("a can", "", "ary-12", "34 b c", "an", "t; canary", "-123")) {
        writer.write(piece);
        writer.flush();
        assertThat(out.toString()).doesNotContain("canary-1234").doesNotEndWith("can");
      }
    }
    assertThat(out).hasToString("a *** b cant; canary-123");
  }

  @Test
  void what_is_no_beginning_of_a_secret_goes_through_at_once() throws IOException {
    var out = new StringWriter();
    try (var writer = masking("canary-1234").writer(out)) {
      writer.write("a line\n");
      assertThat(out).hasToString("a line\n");
    }
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
        java.util.Arrays.fill(hidden, at, at + form.length(), true);
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
