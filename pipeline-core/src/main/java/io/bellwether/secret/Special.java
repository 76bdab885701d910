package io.bellwether.secret;

/**
 * Which characters of a text are neither letters nor digits nor {@code -._}: nobody escapes those,
 * so that the ways to write the text differ in the others alone.
 *
 * @param ascii each of them that is ASCII, once
 * @param beyondAscii whether the text has others than ASCII
 */
record Special(String ascii, boolean beyondAscii) {
  static Special of(String text) {
    var ascii = new StringBuilder();
    var beyondAscii = false;
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if (c >= 0x80) {
        beyondAscii = true;
      } else if (!isPlain(c) && ascii.indexOf(String.valueOf(c)) < 0) {
        ascii.append(c);
      }
    }
    return new Special(ascii.toString(), beyondAscii);
  }

  static boolean isPlain(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || c == '-' || c == '.' || c == '_');
  }

  boolean isNone() {
    return ascii.isEmpty() && !beyondAscii;
  }

  /** Those of some characters that the text has. */
  String in(String some) {
    var both = new StringBuilder();
    for (var i = 0; i < ascii.length(); i++) {
      if (some.indexOf(ascii.charAt(i)) >= 0) {
        both.append(ascii.charAt(i));
      }
    }
    return both.toString();
  }
}
