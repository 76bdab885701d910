package io.bellwether.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;

/** Maskers, and what goes through them. */
final class Masking {
  private Masking() {}

  static SecretMasker masking(String... secrets) {
    var masker = SecretMasker.create();
    for (var secret : secrets) {
      assertThat(masker.add(Secret.of(secret))).as(secret).isTrue();
    }
    return masker;
  }

  static String inPieces(SecretMasker masker, String text, int length) throws IOException {
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      for (var i = 0; i < text.length(); i += length) {
        writer.write(text, i, Math.min(length, text.length() - i));
      }
    }
    return out.toString();
  }
}
