package io.bellwether.secret;

import static io.bellwether.secret.Masking.inPieces;
import static io.bellwether.secret.Masking.masking;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Base64 in lines. */
class WrappedSecretTest {
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
}
