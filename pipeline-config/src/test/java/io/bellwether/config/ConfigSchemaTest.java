package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import io.bellwether.Ratio;
import io.bellwether.secret.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The schema is read by somebody else's validator, and says of a file what binding it says. */
class ConfigSchemaTest {
  private enum Mode {
    FAST,
    SLOW
  }

  private record Inner(int port, @Default("5m") Duration timeout) {}

  private record Settings(
      @Default("fast") Mode mode,
      Optional<Ratio> share,
      Optional<Secret> apiKey,
      List<Inner> inners,
      Map<String, Integer> numbers,
      @Default("true") boolean on,
      Inner main) {}

  private record Tree(String name, List<Tree> children) {}

  private record Endless(Endless next) {}

  private static boolean isValid(String schema, String yaml) throws IOException {
    // as written: an editor sees placeholders, not what they stand for
    var tree = YamlReader.read("f", yaml, Limits.DEFAULTS, new ProblemList());
    var json =
        JsonMapper.builder()
            .build()
            .readTree(new Printer(false).json(java.util.Objects.requireNonNull(tree)));
    return JsonSchemaFactory.getInstance(VersionFlag.V202012)
        .getSchema(schema)
        .validate(json)
        .isEmpty();
  }

  private static boolean binds(String yaml, Class<?> type) {
    try {
      ConfigLoader.of(ConfigLayer.text("f", yaml))
          .variables(Map.of("X", "42", "K", "canary-1234"))
          .load()
          .bind(type);
      return true;
    } catch (ConfigException refused) {
      return false;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          main: {port: 1}                                         | true
          main: {port: "${X}", timeout: PT5S}                     | true
          {main: {port: 1}, mode: slow, share: 2%, on: false}     | true
          {main: {port: 1}, share: 0.02, api_key: "${K}"}         | true
          {main: {port: 1}, inners: [{port: 2}], numbers: {a: 1}} | true
          {main: {port: 1}, inners: ~, numbers: ~}                | true
          {}                                                      | false
          main: {}                                                | false
          main: {port: x}                                         | false
          main: {prot: 1}                                         | false
          {main: {port: 1}, mode: fats}                           | false
          {main: {port: 1}, share: 2}                             | false
          {main: {port: 1}, api_key: written}                     | false
          {main: {port: 1}, inners: {port: 2}}                    | false
          {main: {port: 1}, inners: [2]}                          | false
          {main: {port: 1}, numbers: {a: b}}                      | false
          {main: {port: 1}, on: maybe}                            | false
          {main: {port: 1}, other: 1}                             | false
          """)
  void it_refuses_what_binding_refuses(String yaml, boolean fine) throws IOException {
    assertThat(binds(yaml, Settings.class)).as("bound").isEqualTo(fine);
    assertThat(isValid(ConfigSchema.of(Settings.class), yaml)).as("valid").isEqualTo(fine);
  }

  @Test
  void an_open_schema_takes_sections_of_the_host() throws IOException {
    var yaml = "{main: {port: 1}, other: 1}";
    assertThat(isValid(ConfigSchema.open(Settings.class), yaml)).isTrue();
    assertThat(isValid(ConfigSchema.open(Settings.class), "{main: {port: 1, other: 1}}")).isFalse();
  }

  @Test
  void a_record_that_holds_itself_ends() throws IOException {
    var yaml = "{name: a, children: [{name: b, children: [{name: c}]}]}";
    assertThat(binds(yaml, Tree.class)).isTrue();
    assertThat(isValid(ConfigSchema.of(Tree.class), yaml)).isTrue();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> binds("{}", Endless.class))
        .withMessageContaining("Endless needs another of itself; make it Optional or a list");
  }
}
