package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.bellwether.Problems;
import io.bellwether.Ratio;
import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.secret.Secret;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BinderTest {
  private enum Mode {
    FAST,
    VERY_SLOW
  }

  private record Inner(int port, @Default("5m") Duration timeout) {}

  private record All(
      String text,
      boolean flag,
      int whole,
      Long large,
      double decimal,
      BigDecimal exact,
      BigInteger huge,
      Mode mode,
      Duration duration,
      @DurationUnit(ChronoUnit.SECONDS) Duration every,
      DataSize size,
      Ratio ratio,
      URI uri,
      Path path,
      Instant at,
      Secret apiKey,
      List<Inner> inners,
      Set<String> tags,
      Map<Mode, Integer> byMode,
      Optional<Inner> maybe) {}

  private record Defaults(
      @Default("7") int number,
      @Default({"a", "b"}) List<String> names,
      @Default Mode mode,
      @Default long zero,
      Optional<String> nothing,
      List<String> empty,
      Map<String, String> none,
      Nested nested) {
    Defaults {
      mode = mode == null ? Mode.FAST : mode;
    }
  }

  private record Nested(@Default("true") boolean on) {}

  private record Checked(int low, int high, @Default("x") String note) {
    Checked {
      new Problems()
          .require(low <= high, "low is " + low + ", expected at most high, " + high)
          .require(!note.startsWith("canary"), "note '" + note + "' is not allowed")
          .throwIfAny("range");
    }
  }

  private static Config config(String yaml) {
    return ConfigLoader.of(ConfigLayer.text("f", yaml)).variables(Map.of("V", "canary-1x")).load();
  }

  private static ConfigException refused(String yaml, Class<?> type) {
    var refusal = catchThrowableOfType(ConfigException.class, () -> config(yaml).bind(type));
    assertThat(refusal).as("a refusal").hasNoCause();
    return refusal;
  }

  @Test
  void a_record_takes_every_type_a_setting_needs() {
    var yaml =
        """
        text: 1.10
        flag: true
        whole: "8080"
        large: 9007199254740993
        decimal: 0.5
        exact: 1.50
        huge: 123456789012345678901234567890
        mode: very-slow
        duration: 1h30m
        every: 900
        size: 10MB
        ratio: 2%
        uri: https://api.example.com/v1
        path: /var/lib
        at: 2026-01-31T12:00:00Z
        api-key: ${V}
        inners: [{port: 1}, {port: 2, timeout: PT10S}]
        tags: [a, b, a]
        byMode: {fast: 1, VERY_SLOW: 2}
        maybe: {port: 3}
        """;
    var all = config(yaml).bind(All.class);
    assertThat(all.text()).isEqualTo("1.10");
    assertThat(all.whole()).isEqualTo(8080);
    assertThat(all.large()).isEqualTo(9007199254740993L);
    assertThat(all.exact()).isEqualTo(new BigDecimal("1.50"));
    assertThat(all.huge()).isEqualTo(new BigInteger("123456789012345678901234567890"));
    assertThat(all.mode()).isEqualTo(Mode.VERY_SLOW);
    assertThat(all.duration()).isEqualTo(Duration.ofMinutes(90));
    assertThat(all.every()).isEqualTo(Duration.ofMinutes(15));
    assertThat(all.size()).isEqualTo(new DataSize(10_000_000));
    assertThat(all.ratio()).isEqualTo(Ratio.percent(2));
    assertThat(all.uri()).hasHost("api.example.com");
    assertThat(all.at()).isEqualTo("2026-01-31T12:00:00Z");
    assertThat(all.apiKey().matches("canary-1x")).isTrue();
    assertThat(all.inners())
        .containsExactly(new Inner(1, Duration.ofMinutes(5)), new Inner(2, Duration.ofSeconds(10)));
    assertThat(all.tags()).containsExactly("a", "b");
    assertThat(all.byMode()).isEqualTo(Map.of(Mode.FAST, 1, Mode.VERY_SLOW, 2));
    assertThat(all.maybe()).contains(new Inner(3, Duration.ofMinutes(5)));
    assertThat(all.toString()).doesNotContain("canary");
  }

  @Test
  void what_is_missing_takes_its_default() {
    var defaults = config("").bind(Defaults.class);
    assertThat(defaults)
        .isEqualTo(
            new Defaults(
                7,
                List.of("a", "b"),
                Mode.FAST,
                0,
                Optional.empty(),
                List.of(),
                Map.of(),
                new Nested(true)));
    assertThat(config("number: ~\nmode: ~").bind(Defaults.class)).isEqualTo(defaults);
    assertThat(config("a: 1").bind("not.there", Nested.class)).isEqualTo(new Nested(true));
  }

  private record Collections(
      List<Inner> inners,
      Set<Mode> modes,
      Map<String, List<Integer>> numbers,
      @Default List<String> bare,
      @Default Optional<String> maybe) {}

  @Test
  void a_list_a_set_and_a_map_that_are_missing_are_empty() {
    var empty = new Collections(List.of(), Set.of(), Map.of(), List.of(), Optional.empty());
    assertThat(config("").bind(Collections.class)).isEqualTo(empty);
    assertThat(config("inners: ~\nmodes:\nnumbers: null\nbare: ~").bind(Collections.class))
        .isEqualTo(empty);
    assertThat(config("inners: []\nmodes: []\nnumbers: {}").bind(Collections.class))
        .isEqualTo(empty);
    assertThat((Object) config("a: 1").bind("not.there", List.class)).isEqualTo(List.of());
    assertThat((Object) config("a: ~").bind("a", Set.class)).isEqualTo(Set.of());
    assertThat((Object) config("a: {}").bind("a.b", Map.class)).isEqualTo(Map.of());
    assertThat(refused("inners: 5", Collections.class))
        .hasMessageContaining("f:1:9 inners: a single value stands here; expected a list");
  }

  @Test
  void everything_that_is_wrong_is_told_at_once() {
    var yaml = "port: x\ntimeot: 5m\nbase: {port: 99999999999}\n";
    assertThat(refused(yaml, Inner.class))
        .hasMessage(
            """
            configuration for 'development' has 3 problems:
              - f:2:1 timeot: unknown key, did you mean 'timeout'?
              - f:3:1 base: unknown key; known: port, timeout
              - f:1:7 port: 'x' is not a whole number of 32 bits""");
    assertThat(refused("", Inner.class))
        .hasMessageContaining("f:1:1 port: is missing and has no default; expected a whole number");
  }

  @Test
  void one_setting_in_two_spellings_is_refused() {
    record Spelled(@Default("1") int maxTokens) {}
    assertThat(config("maxTokens: 2").bind(Spelled.class)).isEqualTo(new Spelled(2));
    assertThat(config("max-tokens: 2").bind(Spelled.class)).isEqualTo(new Spelled(2));
    assertThat(refused("max_tokens: 2\nmaxTokens: 3", Spelled.class))
        .hasMessageContaining("the same setting stands here in two spellings");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          whole    | 80.9        | '80.9' is not a whole number of 32 bits
          whole    | true        | 'true' is not a whole number of 32 bits
          whole    | [1]         | a list stands here; expected a whole number of 32 bits
          flag     | yes         | 'yes' is not true or false
          mode     | quick       | 'quick' is not one of fast, very_slow
          duration | 5           | '5' is not a duration such as 5m, 1h30m, 2000ms or PT5M
          duration | 5 fortnight | '5 fortnight' is not a duration such as
          size     | 10          | '10' is not a size such as 512KB, 10MB or 1.5GiB
          ratio    | 101%        | '101%' is not a share such as 5% or 0.05
          ratio    | 5           | '5' is not a share such as 5% or 0.05
          uri      | a b         | 'a b' is not a URI
          at       | today       | 'today' is not an instant such as
          inner    | 5           | a single value stands here; expected a mapping with port, timeout
          list     | {a: 1}      | a mapping stands here; expected a list
          map      | [1]         | a list stands here; expected a mapping
          """)
  void a_value_of_another_type_is_refused(String key, String value, String message) {
    record Types(
        @Default Integer whole,
        @Default Boolean flag,
        @Default Mode mode,
        @Default Duration duration,
        @Default DataSize size,
        @Default Ratio ratio,
        @Default URI uri,
        @Default Instant at,
        Optional<Inner> inner,
        List<String> list,
        Map<String, String> map) {}
    var refusal = refused(key + ": " + value, Types.class);
    assertThat(refusal).hasMessageContaining(message);
    assertThat(refusal.problems()).extracting(ConfigProblem::path).containsExactly(key);
  }

  @Test
  void a_value_that_may_be_a_secret_is_not_shown_when_it_does_not_fit() {
    record Numbers(@Default int port, @Default int password, @Default int other) {}
    var key = "ghp" + "x9Kq2Lm8Zr4Tb6Wd1Nf3Hs5Jv7Pc0Yg"; // random, yet of no known shape
    var refusal = refused("port: ${V}\npassword: canary2\nother: " + key, Numbers.class);
    assertThat(refusal.problems())
        .extracting(ConfigProblem::message)
        .containsOnly("the value is not a whole number of 32 bits")
        .hasSize(3);
  }

  @Test
  void a_secret_comes_from_a_placeholder_or_not_at_all() {
    record Keys(Secret opener, Optional<Secret> other) {}
    assertThat(refused("opener: canary", Keys.class).problems())
        .extracting(ConfigProblem::kind)
        .containsExactly(Kind.LITERAL_SECRET);
    assertThat(config("opener: ${V}").bind(Keys.class).opener().matches("canary-1x")).isTrue();
    assertThat(refused("opener: \"${X:}\"", Keys.class))
        .hasMessageContaining("f:1:9 opener: the secret is empty");
    var production =
        ConfigLoader.of(ConfigLayer.text("f", "opener: ${V}"))
            .environment("production")
            .variables(Map.of("V", "canary-1x"))
            .load();
    var refusal = catchThrowableOfType(ConfigException.class, () -> production.bind(Keys.class));
    assertThat(refusal.problems().get(0).kind()).isEqualTo(Kind.SECRET_SCOPE);
  }

  @Test
  void what_a_constructor_refuses_is_told_unless_it_shows_what_may_be_a_secret() {
    assertThat(refused("low: 5\nhigh: 3", Checked.class))
        .hasMessageContaining("f:1:1: low is 5, expected at most high, 3");
    var refusal = refused("low: 5\nhigh: 3\nnote: ${V}", Checked.class);
    assertThat(refusal.problems())
        .extracting(ConfigProblem::message)
        .containsExactly(
            "the values are refused (InvalidConfigurationException); the reason may show what may"
                + " be a secret and is left out");
  }

  private record Pin(int pin) {}

  private record Loud(String pin) {
    Loud {
      throw new UnsupportedOperationException("bad " + pin.toUpperCase(Locale.ROOT));
    }
  }

  private record Ajar(String password, Loud loud) {
    Ajar {
      throw new AssertionError(password.substring(0, 7));
    }
  }

  private record Held(String password) {
    Held {
      throw new NoSuchElementException("bad " + password.substring(0, 7));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "credentials",
    "secrets",
    "db_credentials",
    "password",
    "api_keys",
    "tokens",
    "authorization"
  })
  void nothing_below_a_secret_name_is_repeated_in_a_problem(String name) {
    var config = config(name + ": {pin: hunter2hunter2}");
    var refusals =
        List.of(
            catchThrowableOfType(ConfigException.class, () -> config.bind(name, Pin.class)),
            catchThrowableOfType(
                ConfigException.class, () -> config.bind(name + ".pin", Integer.class)),
            catchThrowableOfType(ConfigException.class, () -> config.bind(name, Loud.class)));
    assertThat(refusals)
        .allSatisfy(
            refusal ->
                assertThat(refusal)
                    .hasNoCause()
                    .message()
                    .contains(name)
                    .doesNotContainIgnoringCase("hunter2"));
    assertThat(config.toYaml() + config.toJson() + config.explain(name + ".pin"))
        .doesNotContain("hunter2");
  }

  @Test
  void a_constructor_that_fails_in_any_way_is_one_problem_of_all() {
    assertThat(refused("pin: abc", Loud.class)).hasMessageContaining("f:1:1: bad ABC");
    assertThat(refused("password: ${V}", Held.class).getMessage())
        .contains("the values are refused (NoSuchElementException)")
        .doesNotContain("canary");
    assertThat(refused("password: ${V}\nloud: {pin: abc}", Ajar.class).getMessage())
        .contains("bad ABC")
        .doesNotContain("canary");
  }

  @ParameterizedTest
  @CsvSource({"passwords", "api_keys", "tokens", "authorization", "db_pass"})
  void values_under_plural_and_short_names_are_hidden(String name) {
    for (var value : List.of("[hunter2hunter2]", "hunter2hunter2", "{a: {b: hunter2hunter2}}")) {
      var config = config(name + ": " + value);
      assertThat(config.toYaml() + config.toJson()).contains("***").doesNotContain("hunter2");
    }
    assertThat(config("max_tokens: {small: few}").toYaml()).contains("few");
    assertThat(config("max_tokens: 500\ntokens: 7").toYaml()).contains("500", "7");
  }

  private record Numbers(Optional<BigInteger> n, Optional<Ratio> r, Optional<DataSize> size) {}

  @Test
  void numbers_that_would_take_long_to_expand_are_refused_at_once() {
    var threes = "3".repeat(1_000_000);
    for (var yaml :
        List.of(
            "n: '1e-99999999'",
            "n: '1e401'",
            "r: '1e-9999999'",
            "r: '0." + threes + "%'",
            "size: '" + threes + "KB'")) {
      assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> assertThat(refused(yaml, Numbers.class)).hasMessageContaining("is not a"));
    }
  }

  @Test
  void a_type_nothing_can_be_bound_to_is_a_mistake_of_the_program() {
    record Odd(Iterator<String> it) {}
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("it: 5").bind(Odd.class))
        .withMessageContaining("nothing can be bound to java.util.Iterator (it)");
  }

  @Test
  void sizes_print_as_they_are_written() {
    assertThat(DataSize.parse("1.5 KiB")).hasToString("1536B");
    assertThat(DataSize.parse("4mib")).isEqualTo(DataSize.mebibytes(4)).hasToString("4MiB");
    assertThat(DataSize.parse("0B")).hasToString("0B");
    assertThat(DataSize.parse("3GB")).hasToString("3GB").isGreaterThan(DataSize.mebibytes(1));
    assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse("0.3B"));
    assertThatIllegalArgumentException().isThrownBy(() -> DataSize.parse("99999999TiB"));
    assertThatIllegalArgumentException().isThrownBy(() -> new DataSize(-1));
  }
}
