package io.bellwether.alerting.receiver;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens what only this package sees to the vectors. */
public final class ReceiverVectors {
  private ReceiverVectors() {}

  public static String slackText(String text) {
    return SlackText.escape(text);
  }

  public static String pagerDutySeverity(String severity) {
    return PagerDutySeverity.of(severity);
  }

  public static Optional<String> discordProblem(
      int embeds, int title, int description, int fields, int name, int value) {
    return DiscordLimits.problem(
        Collections.nCopies(
            embeds,
            new DiscordLimits.Lengths(
                title,
                description,
                Collections.nCopies(fields, name),
                Collections.nCopies(fields, value))));
  }

  /** Slack blocks made of texts of these lengths. */
  public static List<Map<String, Object>> slackBlocks(
      int header, int section, int fields, int field, int button, int url, int blocks) {
    var made =
        new SlackBlocks()
            .header("h".repeat(header))
            .section("s".repeat(section))
            .fields(Collections.nCopies(fields, "f".repeat(field)))
            .buttons(
                List.of(
                    new SlackBlocks.Button("b".repeat(button), "u".repeat(url), ""),
                    new SlackBlocks.Button("b".repeat(button), "http://x/", "danger")));
    for (var i = 0; i < blocks; i++) {
      made.section("more");
    }
    return new ArrayList<>(made.build());
  }

  public static Map<String, Object> webhookBody(
      io.bellwether.alerting.notice.Notification notification, int maxAlerts) {
    return WebhookBody.alertmanager(notification, maxAlerts);
  }
}
