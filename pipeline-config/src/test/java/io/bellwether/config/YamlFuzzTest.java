package io.bellwether.config;

import io.bellwether.testing.Cases;
import io.bellwether.testing.Gen;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Breaks documents at random: each loads or is refused with its place and without a piece of it,
 * and nothing else ever comes out. A long run takes {@code -Dbellwether.cases.factor=1000}.
 */
class YamlFuzzTest {
  private static final List<String> SEEDS =
      List.of(
          "a: &x {k: V, l: [V, 1, ~]}\nb: *x\nc: {<<: *x, k: V}\n",
          "ai:\n  model: \"V\"\n  text: |\n    V\n    more\n  folded: >-\n    V\n",
          "- V\n- {a: V}\n",
          "? V\n: V\n",
          "a: ${V_NAME:V}\nb: $${V}\nc: 'V''s'\nd: !!str 5\n",
          "%YAML 1.2\n---\na: [V, [V, {b: V}], 0x1F, 1e3, .5]\n...\n",
          "deep:\n  deep:\n    deep:\n      - - - V\n");

  private static final List<String> PIECES =
      List.of(
          "\n",
          "  ",
          "\t",
          ":",
          ": ",
          "- ",
          "[",
          "]",
          "{",
          "}",
          ",",
          "&a ",
          "*a",
          "<<: ",
          "!!int ",
          "!x ",
          "? ",
          "|",
          ">",
          "\"",
          "'",
          "#",
          "${",
          "}",
          "${{",
          "$${",
          "---\n",
          "...\n",
          "%",
          "@",
          "`",
          "~",
          "\u0000",
          "\ufeff",
          "\u2028",
          "\\",
          "\\x",
          "\ud83d\ude00",
          "0x",
          "1e999",
          ".inf",
          "\r",
          "\r\n");

  @Test
  void broken_documents_are_refused_in_words_of_ours() {
    Cases.forAll("a broken document", 3_000, gen -> YamlLaw.holdsFor(broken(gen)));
  }

  @Test
  void broken_bytes_are_refused_in_words_of_ours() {
    Cases.forAll(
        "broken bytes",
        1_000,
        gen -> {
          var bytes = broken(gen).getBytes(StandardCharsets.UTF_8);
          for (var i = gen.between(0, 5); i > 0 && bytes.length > 0; i--) {
            bytes[gen.nextInt(bytes.length)] = (byte) gen.nextInt(256);
          }
          YamlLaw.holdsFor(bytes);
        });
  }

  private static String broken(Gen gen) {
    var text = new StringBuilder(gen.pick(SEEDS).replace("V", YamlLaw.CANARY));
    for (var i = gen.between(0, 6); i > 0; i--) {
      var at = gen.nextInt(text.length() + 1);
      switch (gen.nextInt(3)) {
        case 0 -> text.insert(at, gen.pick(PIECES));
        case 1 -> text.delete(at, Math.min(text.length(), at + gen.between(1, 5)));
        default ->
            text.insert(at, text.substring(at, Math.min(text.length(), at + gen.between(1, 30))));
      }
    }
    return text.toString();
  }
}
