package io.bellwether.alerting.receiver;

import java.util.List;
import java.util.Optional;

/** What Discord takes at once. */
final class DiscordLimits {
  static final int CONTENT = 2_000;
  static final int EMBEDS = 10;
  static final int TITLE = 256;
  static final int DESCRIPTION = 4_096;
  static final int FIELDS = 25;
  static final int FIELD_NAME = 256;
  static final int FIELD_VALUE = 1_024;
  static final int FOOTER = 2_048;
  static final int SUM = 6_000;

  /** The lengths of an embed. */
  record Lengths(int title, int description, List<Integer> names, List<Integer> values) {
    private int sum() {
      return title
          + description
          + names.stream().mapToInt(Integer::intValue).sum()
          + values.stream().mapToInt(Integer::intValue).sum();
    }
  }

  private DiscordLimits() {}

  /** Why Discord would refuse these embeds. */
  static Optional<String> problem(List<Lengths> embeds) {
    if (embeds.size() > EMBEDS) {
      return above("embeds", EMBEDS);
    }
    for (var embed : embeds) {
      if (embed.title() > TITLE) {
        return above("title", TITLE);
      }
      if (embed.description() > DESCRIPTION) {
        return above("description", DESCRIPTION);
      }
      if (embed.names().size() > FIELDS) {
        return above("fields", FIELDS);
      }
      if (embed.names().stream().anyMatch(length -> length > FIELD_NAME)) {
        return above("field name", FIELD_NAME);
      }
      if (embed.values().stream().anyMatch(length -> length > FIELD_VALUE)) {
        return above("field value", FIELD_VALUE);
      }
    }
    var sum = embeds.stream().mapToInt(Lengths::sum).sum();
    return sum > SUM ? above("sum over all embeds", SUM) : Optional.empty();
  }

  private static Optional<String> above(String what, int most) {
    return Optional.of(what + " above " + most);
  }
}
