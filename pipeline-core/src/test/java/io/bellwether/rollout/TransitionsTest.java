package io.bellwether.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class TransitionsTest {
  @Test
  void the_documented_diagram_is_the_table_in_code() throws IOException {
    assertThat(Files.readString(Path.of("../docs/state-machine.md")))
        .as("docs/state-machine.md is written from Transitions.mermaid(); replace its diagram")
        .contains("```mermaid\n" + Transitions.mermaid() + "```");
  }

  @Test
  void every_phase_that_is_not_terminal_can_be_aborted() {
    for (var phase : Phase.values()) {
      if (!phase.isTerminal() && phase != Phase.ABORTING) {
        assertThat(Transitions.from(phase)).as(phase.name()).contains(Phase.ABORTING);
      }
    }
  }

  @Test
  void nothing_follows_a_terminal_phase_and_everything_else_can_end() {
    for (var phase : Phase.values()) {
      assertThat(Transitions.from(phase).isEmpty()).as(phase.name()).isEqualTo(phase.isTerminal());
    }
    var reached = EnumSet.of(Phase.PENDING);
    for (var i = 0; i < Phase.values().length; i++) {
      for (var phase : EnumSet.copyOf(reached)) {
        reached.addAll(Transitions.from(phase));
      }
    }
    assertThat(reached).isEqualTo(EnumSet.allOf(Phase.class));
  }
}
