package io.bellwether.secret;

import static io.bellwether.secret.Masking.inPieces;
import static io.bellwether.secret.Masking.masking;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The forms a secret takes in URIs, JSON, markup and base64. */
class EncodedSecretTest {
  private static final String NASTY = "pä\"ss'w/o+r<d>&\\ \u6f22*~!";

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
}
