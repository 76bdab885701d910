package io.bellwether.benchmarks.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  @Test
  void says_nothing_gets_everything_at_one_percent() {
    assertThat(Options.parse().benchmark()).isEqualTo(new Benchmark(7, 200, "all", "all", 0.01));
    assertThat(Options.parse().json()).isEmpty();
  }

  @Test
  void takes_what_it_is_given(@TempDir Path folder) {
    var file = folder.resolve("out.json");

    var options =
        Options.parse(
            "--rng",
            "-3",
            "--reps",
            "5",
            "--rows",
            "08,11b",
            "--judges",
            "pocock,oracle",
            "--alpha",
            "5e-2",
            "--json",
            file.toString());

    assertThat(options.benchmark())
        .isEqualTo(new Benchmark(-3, 5, "08,11b", "pocock,oracle", 0.05));
    assertThat(options.json()).contains(file);
  }

  @Test
  void says_everything_that_is_wrong_in_one_line(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                Options.parse(
                    "--rng",
                    "1.5",
                    "--reps",
                    "0",
                    "--rows",
                    "99",
                    "--judges",
                    "nobody",
                    "--alpha",
                    "1",
                    "--json",
                    folder.resolve("none").resolve("x").toString(),
                    "--loud",
                    "yes",
                    "--reps"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(
            "--rng is '1.5', expected a whole number",
            "--reps is '0', expected a whole number from 1",
            "no row 99; there are [01,",
            "no judge nobody; there are [sequential,",
            "--alpha is '1', expected above 0 and below 1, such as 0.01",
            "expected a file in a folder that exists",
            "no option --loud; there are [--rng, --reps, --rows, --judges, --alpha, --json]",
            "--reps has no value")
        .message()
        .doesNotContain("\n");
  }
}
