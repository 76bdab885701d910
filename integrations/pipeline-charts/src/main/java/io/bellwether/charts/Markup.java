package io.bellwether.charts;

import java.util.ArrayDeque;
import java.util.Deque;

/** HTML and SVG in which every text and every attribute is escaped. Not thread-safe. */
final class Markup {
  private final StringBuilder out = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /** Opens an element. */
  Markup open(String tag, String... attributes) {
    start(tag, attributes);
    out.append('>');
    open.push(tag);
    return this;
  }

  /** Closes the element opened last. */
  Markup close() {
    var tag = open.pop();
    out.append("</").append(tag).append(isBlock(tag) ? ">\n" : ">");
    return this;
  }

  private static boolean isBlock(String tag) {
    return !tag.equals("span") && !tag.equals("b") && !tag.equals("text") && !tag.equals("td");
  }

  /** An element with nothing but a text. */
  Markup element(String tag, String text, String... attributes) {
    return open(tag, attributes).text(text).close();
  }

  /** An element of SVG without content. */
  Markup shape(String tag, String... attributes) {
    start(tag, attributes);
    out.append("/>");
    return this;
  }

  /** A text. */
  Markup text(String text) {
    text.codePoints().forEach(this::append);
    return this;
  }

  /** Markup made before. */
  Markup add(String markup) {
    out.append(markup);
    return this;
  }

  private void start(String tag, String... attributes) {
    out.append('<').append(tag);
    for (var i = 0; i + 1 < attributes.length; i += 2) {
      out.append(' ').append(attributes[i]).append("=\"");
      text(attributes[i + 1]).add("\"");
    }
  }

  private void append(int c) {
    switch (c) {
      case '&' -> out.append("&amp;");
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n' -> out.append('\n');
      case '\t' -> out.append(' ');
      default -> out.appendCodePoint(isInvisible(c) ? '\ufffd' : c);
    }
  }

  /** What nobody sees, or turns the direction of the text around it. */
  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED -> true;
      default -> false;
    };
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
