package io.bellwether.report;

/** Texts of others within Markdown, GitHub's kind: shown as they are, and nothing more. */
final class MarkdownText {
  private static final String MARKUP = "\\`*_{}[]()#!|~";

  private MarkdownText() {}

  /**
   * On one line, without markup, links, HTML, and what could not be seen or turns the direction of
   * the text around.
   */
  static String of(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(out, c));
    return out.toString().replace("://", "&#58;//").replace("www.", "www&#46;");
  }

  private static void append(StringBuilder out, int c) {
    if (Character.isWhitespace(c)) {
      out.append(' ');
    } else if (isInvisible(c)) {
      out.append('\ufffd');
    } else if (c == '<') {
      out.append("&lt;");
    } else if (c == '>') {
      out.append("&gt;");
    } else if (c == '&') {
      out.append("&amp;");
    } else if (c == '@') {
      out.append("&#64;"); // no mention, no address
    } else {
      if (MARKUP.indexOf(c) >= 0) {
        out.append('\\');
      }
      out.appendCodePoint(c);
    }
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }
}
