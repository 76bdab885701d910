package io.bellwether.secret;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Set;

/** The forms a text takes on its way into a log: every one of them gives it away. */
final class Encodings {
  /** Of longer texts only the commonest forms are kept, for their memory; the parts have all. */
  private static final int LONG = 4096;

  private Encodings() {}

  /** The text itself and its forms, the same form once. */
  static Set<String> of(String text) {
    return of(text, false);
  }

  /**
   * @param commonest whether only the commonest forms are wanted
   */
  static Set<String> of(String text, boolean commonest) {
    var forms = new LinkedHashSet<String>();
    forms.add(text);
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    base64(bytes, forms, commonest);
    forms.add(HexFormat.of().formatHex(bytes));
    forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
    escaped(text, forms, commonest || text.length() > LONG);
    return forms;
  }

  /** At each of the three places a text can have among others; only what it alone decides. */
  private static void base64(byte[] bytes, Set<String> forms, boolean commonest) {
    for (var shift = 0; shift < 3; shift++) {
      var shifted = new byte[shift + bytes.length];
      System.arraycopy(bytes, 0, shifted, shift, bytes.length);
      var from = (8 * shift + 5) / 6;
      var to = 8 * shifted.length / 6;
      var form = Base64.getEncoder().encodeToString(shifted).substring(from, to);
      forms.add(form);
      if (form.length() <= LONG && !commonest) {
        escaped(form, forms, false); // its + and / are escaped like any other, in a query for one
      }
      forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
    }
  }

  private static void escaped(String text, Set<String> forms, boolean commonest) {
    var special = Special.of(text);
    if (!special.isNone()) {
      PercentForms.addTo(forms, text, special, commonest);
      BackslashForms.addTo(forms, text, special, commonest);
      MarkupForms.addTo(forms, text, special, commonest);
    }
  }
}
