package io.bellwether.incident;

import io.bellwether.time.Durations;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.TreeMap;

/** The draft of a postmortem: what the records say, and room for what only people can. */
final class Postmortem {
  private final Incident incident;
  private final StringBuilder text = new StringBuilder();

  private Postmortem(Incident incident) {
    this.incident = incident;
  }

  static String of(Incident incident) {
    var draft = new Postmortem(incident);
    draft.head();
    draft.times();
    draft.deployments();
    draft.timeline();
    draft.open();
    return draft.text.toString();
  }

  private void head() {
    var alert = incident.alert();
    line("# Postmortem of " + incident.id() + ": " + plain(alert.name()));
    line("");
    line("*A draft from the records. Without blame: systems are improved, not people.*");
    line("");
    line("**What happened.** " + plain(alert.summary()));
    line("");
    line(
        "**Severity** "
            + alert.severity()
            + ". **Status** "
            + incident.status()
            + ". **Labels** "
            + plain(new TreeMap<>(alert.labels()).toString())
            + (incident.ticket().isEmpty()
                ? "."
                : ". **Ticket** " + plain(incident.ticket()) + "."));
    line("");
  }

  private void times() {
    line("## Times");
    line("");
    line("| | |");
    line("| --- | --- |");
    row("Began", second(incident.startedAt()));
    row("Time to detect", words(incident.timeToDetect()));
    row("Time to acknowledge", time(incident.timeToAcknowledge()));
    row("Time to mitigate", time(incident.timeToMitigate()));
    row("Time to recover", time(incident.timeToRecover()));
    row("SLA", incident.slaBreachedAt().map(at -> "breached at " + second(at)).orElse("kept"));
    line("");
  }

  private void deployments() {
    line("## Deployments in the day before");
    line("");
    for (var deployment : incident.deployments()) {
      var suspected = incident.proposal().filter(deployment::equals).isPresent();
      line("* " + plain(deployment.toString()) + (suspected ? " (suspected)" : ""));
    }
    line(incident.deployments().isEmpty() ? "None.\n" : "");
  }

  private void timeline() {
    line("## Timeline");
    line("");
    line("| when | phase | who | what |");
    line("| --- | --- | --- | --- |");
    for (var entry : incident.timeline()) {
      line(
          "| "
              + second(entry.at())
              + " | "
              + entry.phase()
              + " | "
              + plain(entry.actor())
              + " | "
              + plain(entry.text())
              + " |");
    }
    line("");
  }

  private void open() {
    line("## To be written by people");
    line("");
    line("* Who was affected, and how badly?");
    line("* Why did it happen, and why did nothing stop it before users met it?");
    line("* What went well, what went badly, where was luck?");
    line("* What is done so that it does not happen again: by whom, until when?");
  }

  private static String second(Instant at) {
    return at.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static String time(Optional<Duration> time) {
    return time.map(Postmortem::words).orElse("not yet");
  }

  private static String words(Duration time) {
    return Durations.plain(time.truncatedTo(ChronoUnit.MILLIS));
  }

  private void row(String name, String value) {
    line("| " + name + " | " + plain(value) + " |");
  }

  private void line(String line) {
    text.append(line).append('\n');
  }

  /** One line, with nothing that Markdown or HTML would take for its own. */
  private static String plain(String text) {
    return text.replace("\\", "\\\\")
        .replace("|", "\\|")
        .replace("<", "&lt;")
        .replaceAll("\\R", " ");
  }
}
