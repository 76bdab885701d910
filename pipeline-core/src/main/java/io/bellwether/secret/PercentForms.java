package io.bellwether.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A text in a URI or a form. Everybody keeps letters, digits and {@code -._}; what else is kept as
 * it is differs by the library and by the part of the URI.
 */
final class PercentForms {
  private static final String MARKS = "~!*'()";
  private static final String SEGMENT = MARKS + "$&+,;=:@";

  private static final List<String> KEPT =
      List.of(
          "*", // forms: URLEncoder, URLSearchParams, OkHttp's query parameters
          "", // PHP's urlencode
          "~", // RFC 3986, Spring's template variables, Go's and Python's forms
          MARKS, // encodeURIComponent, Android
          "~/", // Python's quote, the path of an AWS signature
          "!*()", // .NET's UrlEncode
          MARKS + "$,;:@/?", // JAX-RS: a query parameter
          MARKS + "$+,;:@/?", // Spring: a query parameter
          MARKS + "$&+,;=:", // Spring: user and password
          "~$&+=:@", // Go: a path segment
          "~$&+,/:;=@", // Go: a path
          SEGMENT, // Spring: a path segment
          SEGMENT + "[]", // OkHttp: a path segment
          SEGMENT + "/", // java.net.URI, Spring and Apache: a path
          SEGMENT + "/?", // Spring: a query or a fragment
          SEGMENT + "/?#", // encodeURI
          SEGMENT + "/?[]", // java.net.URI: a query
          SEGMENT + "/[]%|\\", // browsers: a path
          SEGMENT + "/?[]%|\\^`{}", // browsers, OkHttp: a query, most of it kept
          "~!*()$&+,;=:@/?[]%|\\^`{}"); // the same where an apostrophe is not

  /** Up to so many special characters every choice of them is tried: a key in base64 has three. */
  private static final int FEW = 3;

  private static final int COMMONEST = 5;

  private PercentForms() {}

  static void addTo(Set<String> forms, String text, Special special, boolean commonest) {
    for (var kept : kept(special, commonest)) {
      for (var hex : List.of(HexFormat.of().withUpperCase(), HexFormat.of())) {
        var form = escaped(text, kept, false, hex);
        forms.add(form);
        forms.add(form.replace("%20", "+"));
        if (special.beyondAscii()) {
          forms.add(escaped(text, kept, true, hex)); // java.net.URI keeps letters beyond ASCII
        }
      }
    }
  }

  private static List<String> kept(Special special, boolean commonest) {
    if (commonest || special.ascii().length() > FEW) {
      var all = commonest ? KEPT.subList(0, COMMONEST) : KEPT;
      return all.stream().map(special::in).distinct().toList();
    }
    return IntStream.range(0, 1 << special.ascii().length())
        .mapToObj(bits -> chosen(special.ascii(), bits))
        .toList();
  }

  private static String chosen(String special, int bits) {
    var chosen = new StringBuilder();
    for (var i = 0; i < special.length(); i++) {
      if ((bits >> i & 1) == 1) {
        chosen.append(special.charAt(i));
      }
    }
    return chosen.toString();
  }

  private static String escaped(String text, String kept, boolean beyondAscii, HexFormat hex) {
    var out = new StringBuilder(text.length());
    for (var i = 0; i < text.length(); i++) {
      var c = text.codePointAt(i);
      if (c < 0x80 ? Special.isPlain(c) || kept.indexOf(c) >= 0 : beyondAscii) {
        out.appendCodePoint(c);
      } else {
        for (var one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
          out.append('%').append(hex.toHexDigits(one));
        }
      }
      i += Character.charCount(c) - 1;
    }
    return out.toString();
  }
}
