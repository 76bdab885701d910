package io.bellwether.alerting.receiver;

/** Text as Slack takes it. */
final class SlackText {
  private SlackText() {}

  /** The three characters Slack wants escaped, so that no text can mention, link or command. */
  static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }
}
