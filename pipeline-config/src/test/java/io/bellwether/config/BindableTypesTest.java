package io.bellwether.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.bellwether.config.ConfigProblem.Kind;
import java.util.Map;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BindableTypesTest {
  private enum Letter {
    A,
    B
  }

  private record Tree(TreeMap<String, String> it) {}

  private record Sorted(SortedMap<String, String> it) {}

  private record Array(String[] it) {}

  private record Maybe(OptionalInt it) {}

  private record Letters(Map<Letter, Integer> it) {}

  private record Address(String apiURL, String userIDHash) {}

  private record Chosen(@Default @Nullable String mode) {
    Chosen {
      mode = mode == null ? "fast" : mode;
    }
  }

  private static Config config(String yaml) {
    return ConfigLoader.of(ConfigLayer.text("t.yml", yaml)).load();
  }

  @ParameterizedTest
  @ValueSource(classes = {Tree.class, Sorted.class, Array.class, Maybe.class})
  void a_component_nothing_can_be_bound_to_is_told_whatever_stands_there(Class<?> type) {
    for (var yaml : new String[] {"it: {a: b}", "it: [a]", "it: 1", "{}"}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> config(yaml).bind(type))
          .withMessageContaining("nothing can be bound to ")
          .withMessageContaining("(it): expected a record, a List");
    }
  }

  @Test
  void two_spellings_of_one_key_of_a_map_are_refused() {
    var refusal =
        catchThrowableOfType(
            ConfigException.class, () -> config("it: {A: 1, a: 2}").bind(Letters.class));
    assertThat(refusal.problems())
        .extracting(ConfigProblem::kind)
        .containsExactly(Kind.DUPLICATE_KEY);
    assertThat(config("it: {A: 1, b: 2}").bind(Letters.class).it()).hasSize(2);
  }

  @Test
  void letters_that_belong_together_are_one_word_of_a_key() {
    assertThat(config("api_url: x\nuser_id_hash: y").bind(Address.class))
        .isEqualTo(new Address("x", "y"));
    assertThat(config("apiURL: x\nuser-id-hash: y").bind(Address.class))
        .isEqualTo(new Address("x", "y"));
  }

  @Test
  void a_compact_constructor_gives_the_default_of_a_component_marked_for_it() {
    assertThat(config("{}").bind(Chosen.class)).isEqualTo(new Chosen("fast"));
  }
}
