package io.bellwether.secret;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;

/** Lets Jazzer look for a text, or a way to cut it, that gets a secret past the masker. */
class SecretMaskerJazzerTest {
  @FuzzTest(maxDuration = "30s")
  void no_text_and_no_way_to_cut_it_gets_a_secret_through(FuzzedDataProvider data)
      throws IOException {
    var masker = SecretMasker.create();
    var secrets = new ArrayList<String>();
    for (var i = data.consumeInt(1, 4); i > 0; i--) {
      var text = data.consumeString(40).replace('*', '+').strip();
      if (!text.isEmpty() && masker.add(Secret.of(text))) {
        secrets.add(text);
      }
    }
    var line = new StringBuilder(data.consumeString(60));
    for (var secret : secrets) {
      var bytes = secret.getBytes(StandardCharsets.UTF_8);
      line.append(data.pickValue(new String[] {"", " ", "=", "\n"}))
          .append(
              data.pickValue(
                  new String[] {
                    secret,
                    Base64.getEncoder().encodeToString(bytes),
                    Base64.getMimeEncoder(16, new byte[] {'\n'}).encodeToString(bytes),
                    HexFormat.of().formatHex(bytes)
                  }))
          .append(data.consumeString(20));
    }
    var masked = masker.mask(line.toString());
    assertThat(secrets).noneMatch(masked::contains);
    assertThat(written(masker, line.toString(), data)).isEqualTo(masked);
    for (var secret : secrets) {
      var bytes = secret.getBytes(StandardCharsets.UTF_8);
      var before = "x".repeat(3 * data.consumeInt(0, 20));
      var wrapped =
          Base64.getMimeEncoder(data.pickValue(new int[] {16, 60, 76}), new byte[] {'\n'})
              .encodeToString((before + secret).getBytes(StandardCharsets.UTF_8));
      var telling = Base64.getEncoder().encodeToString(bytes).substring(0, 8 * bytes.length / 6);
      assertThat(masker.mask(wrapped).replace("\n", "")).doesNotContain(telling);
      assertThat(written(masker, wrapped, data)).isEqualTo(masker.mask(wrapped));
    }
  }

  private static String written(SecretMasker masker, String text, FuzzedDataProvider data)
      throws IOException {
    var out = new StringWriter();
    try (var writer = masker.writer(out)) {
      for (var at = 0; at < text.length(); ) {
        var end = Math.min(text.length(), at + data.consumeInt(1, 30));
        writer.write(text, at, end - at);
        at = end;
      }
    }
    return out.toString();
  }
}
