package io.bellwether.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.config.ConfigException;
import io.bellwether.config.ConfigLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runbook in a configuration is the one in code. */
class RunbookYamlTest {
  @TempDir private Path folder;

  @Test
  void a_runbook_is_bound_from_yaml() throws IOException {
    write(
        """
        runbook:
          name: chat
          alerts: [error_rate_high, success_rate_low]
          steps:
            - {phase: TRIAGE, title: Acknowledge the alert, detail: in the incident channel}
            - {phase: MITIGATION, title: Roll back, detail: if deployed in the last 2 hours}
        """);

    var bound = ConfigLoader.from(folder).load().bind("runbook", Runbook.class);

    assertThat(bound)
        .isEqualTo(
            Runbook.named(
                "chat",
                r ->
                    r.alerts("error_rate_high", "success_rate_low")
                        .step(
                            IncidentPhase.TRIAGE,
                            "Acknowledge the alert",
                            "in the incident channel")
                        .step(
                            IncidentPhase.MITIGATION,
                            "Roll back",
                            "if deployed in the last 2 hours")));
    assertThat(bound.alerts()).isEqualTo(List.of("error_rate_high", "success_rate_low"));
  }

  @Test
  void a_phase_nobody_knows_is_refused_with_its_place() throws IOException {
    write(
        """
        runbook:
          name: chat
          alerts: []
          steps:
            - {phase: PANIC, title: Run, detail: in circles}
        """);
    assertThatThrownBy(() -> ConfigLoader.from(folder).load().bind("runbook", Runbook.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("base.yml:5")
        .hasMessageContaining("PANIC");
  }

  private void write(String yaml) throws IOException {
    Files.writeString(folder.resolve("base.yml"), yaml);
  }
}
