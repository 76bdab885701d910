package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.config.Scalar.ScalarType;
import io.bellwether.testing.Cases;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CoreSchemaTest {
  private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
  private static final Pattern FLAG = Pattern.compile("true|True|TRUE|false|False|FALSE");
  private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
  private static final Pattern DECIMAL =
      Pattern.compile(
          "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

  /** The table of YAML 1.2.2, section 10.3.2, word for word. */
  private static ScalarType byTheBook(String text) {
    if (NULL.matcher(text).matches()) {
      return ScalarType.NULL;
    }
    if (FLAG.matcher(text).matches()) {
      return ScalarType.BOOLEAN;
    }
    if (INTEGER.matcher(text).matches()) {
      return ScalarType.INTEGER;
    }
    return DECIMAL.matcher(text).matches() ? ScalarType.DECIMAL : ScalarType.TEXT;
  }

  @Test
  void every_text_is_what_the_book_says() {
    Cases.forAll(
        "types of plain scalars",
        20_000,
        gen -> {
          var text = new StringBuilder();
          for (var i = gen.between(0, 7); i > 0; i--) {
            text.append(
                gen.pick(
                    "0", "1", "7", "9", "-", "+", ".", "e", "E", "x", "o", "a", "F", "~", ".inf",
                    ".NaN", "true", "null", "_"));
          }
          assertThat(CoreSchema.typeOf(text.toString()))
              .as(text.toString())
              .isEqualTo(byTheBook(text.toString()));
        });
  }
}
