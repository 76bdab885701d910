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

  private PercentForms() {}

  static void addTo(Set<String> forms, String text) {
    for (var kept : kept(text)) {
      for (var hex : List.of(HexFormat.of().withUpperCase(), HexFormat.of())) {
        var form = escaped(text, kept, false, hex);
        forms.add(form);
        forms.add(form.replace("%20", "+"));
        forms.add(escaped(text, kept, true, hex)); // java.net.URI keeps letters beyond ASCII
      }
    }
  }

  private static List<String> kept(String text) {
    var special = text.chars().filter(c -> c < 0x80 && !isKept(c, "")).distinct().toArray();
    return special.length > FEW
        ? Encodings.ways(KEPT, 4, text)
        : IntStream.range(0, 1 << special.length).mapToObj(bits -> chosen(special, bits)).toList();
  }

  private static String chosen(int[] special, int bits) {
    var chosen = new StringBuilder();
    for (var i = 0; i < special.length; i++) {
      if ((bits >> i & 1) == 1) {
        chosen.appendCodePoint(special[i]);
      }
    }
    return chosen.toString();
  }

  private static String escaped(String text, String kept, boolean beyondAscii, HexFormat hex) {
    var out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c < 0x80 ? isKept(c, kept) : beyondAscii) {
                out.appendCodePoint(c);
              } else {
                for (var one : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                  out.append('%').append(hex.toHexDigits(one));
                }
              }
            });
    return out.toString();
  }

  private static boolean isKept(int c, String kept) {
    return Character.isLetterOrDigit(c) || "-._".indexOf(c) >= 0 || kept.indexOf(c) >= 0;
  }
}
