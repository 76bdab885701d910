package io.bellwether.alerting.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import io.bellwether.alerting.receiver.ReceiverVectors;
import io.bellwether.vectors.VectorObject;
import java.util.List;
import java.util.Map;

/** What Slack's blocks become of texts that are too long. */
final class SlackLimitsVector {
  private SlackLimitsVector() {}

  static void check(VectorObject given, VectorObject expect) {
    var blocks =
        ReceiverVectors.slackBlocks(
            (int) given.number("header_text"),
            (int) given.number("section_text"),
            (int) given.number("fields"),
            (int) given.number("field_text"),
            (int) given.number("button_text"),
            (int) given.number("button_url"),
            (int) given.number("blocks"));
    var most = expect.object("rendered_within");
    assertThat(blocks.size()).isLessThanOrEqualTo((int) most.number("blocks")).isPositive();
    for (var block : blocks) {
      switch ((String) block.get("type")) {
        case "header" -> within(block.get("text"), most.number("header_text"));
        case "section" -> section(block, most);
        case "actions" -> buttons(block, most);
        default -> throw new AssertionError("unexpected block " + block);
      }
    }
    assertThat(expect.flag("delivered")).isTrue();
    most.skip("fields_per_section", "field_text", "button_text", "button_url", "section_text");
  }

  private static void section(Map<String, Object> block, VectorObject most) {
    if (block.get("fields") instanceof List<?> fields) {
      assertThat(fields.size()).isBetween(1, (int) most.number("fields_per_section"));
      fields.forEach(field -> within(field, most.number("field_text")));
    } else {
      within(block.get("text"), most.number("section_text"));
    }
  }

  private static void buttons(Map<String, Object> block, VectorObject most) {
    for (var element : (List<?>) block.get("elements")) {
      var button = (Map<?, ?>) element;
      within(button.get("text"), most.number("button_text"));
      assertThat(((String) button.get("url")).length())
          .isLessThanOrEqualTo((int) most.number("button_url"));
    }
  }

  private static void within(Object text, double most) {
    var length = ((String) ((Map<?, ?>) text).get("text")).length();
    assertThat(length).isPositive().isLessThanOrEqualTo((int) most);
  }
}
