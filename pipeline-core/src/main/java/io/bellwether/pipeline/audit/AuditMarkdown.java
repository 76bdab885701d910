package io.bellwether.pipeline.audit;

import java.util.List;

/** An audit log as Markdown. */
final class AuditMarkdown {
  private AuditMarkdown() {}

  static String of(List<AuditEntry> entries) {
    var text = new StringBuilder("# Audit log\n\n## Deployments\n\n");
    var deployments = AuditViews.deployments(entries);
    if (deployments.isEmpty()) {
      text.append("None.\n");
    } else {
      text.append("| when | version | environment | by | approved by | checks | outcome |\n");
      text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
    }
    for (var deployment : deployments) {
      row(
          text,
          deployment.at().toString(),
          deployment.version(),
          deployment.environment(),
          deployment.actor(),
          String.join(", ", deployment.approvedBy()),
          String.join("; ", deployment.checks()),
          deployment.succeeded() ? "deployed" : "failed");
    }
    text.append("\n## Overrides to review\n\n");
    var overrides = AuditViews.overridesToReview(entries);
    overrides.forEach(entry -> text.append("* ").append(cell(entry.toString())).append('\n'));
    text.append(overrides.isEmpty() ? "None.\n" : "");
    text.append("\n## Entries\n\n| nr | when | what | by | | hash |\n");
    text.append("| --- | --- | --- | --- | --- | --- |\n");
    for (var entry : entries) {
      row(
          text,
          Long.toString(entry.number()),
          entry.at().toString(),
          entry.kind().toString(),
          entry.actor(),
          entry.summary(),
          "`" + entry.hash().substring(0, 12) + "`");
    }
    return text.toString();
  }

  private static void row(StringBuilder text, String... cells) {
    text.append('|');
    for (var cell : cells) {
      text.append(' ').append(cell(cell)).append(" |");
    }
    text.append('\n');
  }

  /** One line, with nothing that Markdown or HTML would take for its own. */
  private static String cell(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }
}
