package io.bellwether.routing.local;

/** Which user keys are none. */
final class UserKeys {
  private UserKeys() {}

  /**
   * Whether a key is blank: nothing in it can be seen. That is Unicode's white space, the no-break
   * spaces among it, control characters, and format characters such as the zero-width space and the
   * byte order mark.
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
    for (var i = 0; i < key.length(); ) {
      var character = key.codePointAt(i);
      if (!isInvisible(character)) {
        return false;
      }
      i += Character.charCount(character);
    }
    return true;
  }

  private static boolean isInvisible(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}
