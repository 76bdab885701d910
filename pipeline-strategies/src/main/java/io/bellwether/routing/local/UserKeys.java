package io.bellwether.routing.local;

/** Which user keys are none. */
final class UserKeys {
  private UserKeys() {}

  /**
   * Whether a key is blank: empty, or made of Unicode's white space (the no-break spaces among it),
   * the separators U+001C to U+001F and zero-width characters only. A list rather than what this
   * JVM's Unicode version says, so that no user changes sides with the JVM or the language.
   */
  static boolean isBlank(String key) {
    if (key.isEmpty()) {
      return true;
    }
    // Nearly all keys begin with a visible ASCII character; only the others are looked into.
    var first = key.charAt(0);
    return !(first > ' ' && first < 0x7f) && showsNothing(key);
  }

  private static boolean showsNothing(String key) {
    for (var i = 0; i < key.length(); i++) {
      if (!showsNothing(key.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean showsNothing(char character) {
    return character >= 0x09 && character <= 0x0D
        || character >= 0x1C && character <= 0x20
        || character == 0x85
        || character == 0xA0
        || character == 0x1680
        || character == 0x180E
        || character >= 0x2000 && character <= 0x200D
        || character == 0x2028
        || character == 0x2029
        || character == 0x202F
        || character == 0x205F
        || character == 0x2060
        || character == 0x3000
        || character == 0xFEFF;
  }
}
