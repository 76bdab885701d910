package io.bellwether.alerting.receiver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks that Slack never refuses for their length: what is too long is split where that helps and
 * cut where not. Not thread-safe.
 */
final class SlackBlocks {
  static final int BLOCKS = 50;
  static final int HEADER = 150;
  static final int SECTION = 3_000;
  static final int FIELDS = 10;
  static final int FIELD = 2_000;
  static final int BUTTON = 75;
  static final int URL = 3_000;

  /** What all blocks together may have: more than about ten thousand is refused, undocumented. */
  static final int ALL = 9_000;

  /** A link to press. */
  record Button(String text, String url, String style) {}

  private final List<Map<String, Object>> blocks = new ArrayList<>();
  private int left = ALL;

  SlackBlocks header(String text) {
    var cut = spend(Truncation.cut(text, HEADER));
    return cut.isEmpty() ? this : add(block("header", Map.of("text", plain(cut))));
  }

  /** Text in Slack's markup, escaped already. */
  SlackBlocks section(String text) {
    var rest = text;
    while (!rest.isEmpty() && left > 1) {
      var end = rest.length() <= SECTION ? rest.length() : splitAt(rest);
      var cut = spend(rest.substring(0, end));
      add(block("section", Map.of("text", markup(cut))));
      rest = rest.substring(end).strip();
    }
    return this;
  }

  /** At a line's end if there is one, so that no line is torn. */
  private static int splitAt(String text) {
    var line = text.lastIndexOf('\n', SECTION);
    if (line > 0) {
      return line;
    }
    return Character.isHighSurrogate(text.charAt(SECTION - 1)) ? SECTION - 1 : SECTION;
  }

  SlackBlocks fields(List<String> texts) {
    for (var from = 0; from < texts.size(); from += FIELDS) {
      var some = texts.subList(from, Math.min(texts.size(), from + FIELDS));
      var fields =
          some.stream()
              .map(text -> spend(Truncation.cut(text, FIELD)))
              .filter(text -> !text.isEmpty())
              .map(SlackBlocks::markup)
              .toList();
      if (!fields.isEmpty()) {
        add(block("section", Map.of("fields", fields)));
      }
    }
    return this;
  }

  /** A button whose address is too long is left out: half an address leads nowhere. */
  SlackBlocks buttons(List<Button> buttons) {
    var elements = new ArrayList<Map<String, Object>>();
    for (var button : buttons) {
      if (button.url().length() <= URL) {
        var element = new LinkedHashMap<String, Object>();
        element.put("type", "button");
        element.put("text", plain(Truncation.cut(button.text(), BUTTON)));
        element.put("url", button.url());
        if (!button.style().isEmpty()) {
          element.put("style", button.style());
        }
        elements.add(element);
      }
    }
    return elements.isEmpty() ? this : add(block("actions", Map.of("elements", elements)));
  }

  List<Map<String, Object>> build() {
    return List.copyOf(blocks);
  }

  private String spend(String text) {
    var cut = Truncation.cut(text, Math.max(0, left));
    left -= cut.length();
    return cut;
  }

  private SlackBlocks add(Map<String, Object> block) {
    if (blocks.size() < BLOCKS) {
      blocks.add(block);
    }
    return this;
  }

  private static Map<String, Object> block(String type, Map<String, Object> content) {
    var block = new LinkedHashMap<String, Object>();
    block.put("type", type);
    block.putAll(content);
    return block;
  }

  private static Map<String, Object> plain(String text) {
    return text("plain_text", text);
  }

  private static Map<String, Object> markup(String text) {
    return text("mrkdwn", text);
  }

  private static Map<String, Object> text(String type, String text) {
    var object = new LinkedHashMap<String, Object>();
    object.put("type", type);
    object.put("text", text);
    return object;
  }
}
