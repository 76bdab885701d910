package io.bellwether.alerting.receiver;

/** Text as Discord takes it. */
final class DiscordText {
  private DiscordText() {}

  /** Every character that could format, link or mention. */
  static String escape(String text) {
    var escaped = new StringBuilder(text.length() + 16);
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if ("\\*_~`|<>[]#@".indexOf(c) >= 0) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
