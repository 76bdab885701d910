package io.bellwether.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Lets Jazzer look for a prompt file that breaks its reader. */
class PromptJazzerTest {
  @FuzzTest(maxDuration = "30s")
  void a_prompt_is_read_or_refused_with_its_place(byte[] content) {
    var text = new String(content, StandardCharsets.UTF_8);
    for (var file : new String[] {"support.md", "support.yml"}) {
      var read = new PromptFile(file, "support", text);
      var prompt = read.read();
      var problems = read.problems();
      assertThat(prompt == null).isEqualTo(problems.stream().anyMatch(p -> !p.warning()));
      assertThat(problems)
          .allSatisfy(
              problem -> {
                assertThat(problem.line()).isPositive();
                assertThat(problem.column()).isPositive();
                assertThat(problem.message()).isNotBlank();
              });
    }
  }
}
