package io.bellwether.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.time.Durations;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {
  @Test
  void nothing_said_means_every_scenario_on_a_generated_trace() {
    var options = Options.parse();
    assertThat(options.scenarios())
        .extracting(Scenario::name)
        .containsExactlyInAnyOrder("good", "errors", "slow", "empty", "outage");
    assertThat(options.trace()).isEmpty();
    assertThat(options.out()).isEqualTo(Path.of("examples/quickstart/target/demo"));
    assertThat(options.help()).isFalse();
  }

  @Test
  void every_option_is_read() {
    var options =
        Options.parse(
            "--scenario",
            "slow",
            "--trace",
            "t.csv",
            "--requests",
            "9000",
            "--speed",
            "12.5",
            "--rng",
            "42",
            "--out",
            "somewhere");
    assertThat(options.scenarios()).extracting(Scenario::name).containsExactly("slow");
    assertThat(options.trace()).contains(Path.of("t.csv"));
    assertThat(options.requests()).isEqualTo(9000);
    assertThat(options.speed()).isEqualTo(12.5);
    assertThat(options.rng()).isEqualTo(42);
    assertThat(options.out()).isEqualTo(Path.of("somewhere"));
  }

  @Test
  void a_value_may_follow_an_equals_sign() {
    assertThat(Options.parse("--rng=7", "--scenario=all").rng()).isEqualTo(7);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sped 3|unknown option '--sped'; --help lists them",
        "good|unknown option 'good'; --help lists them",
        "--speed|--speed needs a value; --help shows examples",
        "--speed fast|--speed 'fast': expected a number from 1 to 100",
        "--speed 20f|--speed '20f': expected a number from 1 to 100",
        "--speed 0x1p4|--speed '0x1p4': expected a number from 1 to 100",
        "--speed 20 --speed=30|--speed is given twice; say it once",
        "--requests +5000|--requests '+5000': expected a whole number from 4000 to 200000",
        "--rng 9223372036854775808|--rng '9223372036854775808': expected a whole number from 0 to"
            + " 9223372036854775807",
        "--speed NaN|--speed 'NaN': expected a number from 1 to 100",
        "--speed 0.5|--speed '0.5': expected a number from 1 to 100",
        "--requests 10|--requests '10': expected a whole number from 4000 to 200000",
        "--requests 5e3|--requests '5e3': expected a whole number from 4000 to 200000",
        "--rng -1|--rng '-1': expected a whole number from 0 to 9223372036854775807",
        "--scenario bad|--scenario 'bad': expected all or one of outage, good, errors, slow, empty"
      })
  void what_is_wrong_is_said_in_one_line(String line, String message) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(UsageException.class)
        .hasMessage(message);
  }

  @Test
  void the_help_says_how_long_a_scenario_is_and_lists_the_short_form() {
    assertThat(Options.HELP)
        .contains("planned " + Durations.plain(ScenarioRun.PLANNED))
        .contains("-h, --help")
        .contains("default 6000");
    assertThat(Options.parse("-h").help()).isTrue();
  }
}
