package io.bellwether.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.Secret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SecretSourceTckTest {
  private static final Map<String, String> KNOWN =
      Map.of("AI_API_KEY", "canary-1234", "DB_PASSWORD", "canary-5678");

  private static Optional<FoundSecret> plain(String name) {
    return Optional.ofNullable(KNOWN.get(name)).map(text -> found(name, text));
  }

  private static FoundSecret found(String name, String text) {
    return FoundSecret.of(name, Secret.of(text), SecretScope.repository(), "memory");
  }

  @Test
  void a_source_that_is_right_passes() {
    assertThatCode(() -> SecretSourceTck.verify(SecretSourceTckTest::plain, KNOWN))
        .doesNotThrowAnyException();
  }

  @Test
  void a_source_that_has_nothing_is_found_out() {
    assertBroken(name -> Optional.empty(), "what it has is found under its name");
  }

  @Test
  void a_source_that_always_has_something_is_found_out() {
    assertBroken(name -> Optional.of(found(name, "canary-0000")), "what it has not is empty");
  }

  @Test
  void a_source_that_fails_on_what_it_has_not_is_found_out() {
    assertBroken(
        name -> Optional.of(plain(name).orElseThrow()), "what it has not is empty", "crafted name");
  }

  @Test
  void a_source_that_shows_a_text_is_found_out() {
    assertBroken(
        name ->
            plain(name)
                .map(
                    found ->
                        FoundSecret.of(
                            name,
                            found.secret(),
                            found.scope(),
                            found.secret().<String>use(text -> "vault with " + text))),
        "nothing but the secret shows the secret");
  }

  @Test
  void a_source_that_shows_what_it_was_asked_is_found_out() {
    assertBroken(
        name -> {
          if (name.startsWith("canary")) {
            throw new IllegalArgumentException("no secret is called " + name);
          }
          return plain(name);
        },
        "an exception shows its text");
  }

  @Test
  void a_source_that_changes_its_mind_is_found_out() {
    var asked = new AtomicInteger();
    assertBroken(
        name ->
            plain(name)
                .map(
                    found ->
                        new FoundSecret(
                            name,
                            found.secret(),
                            found.scope(),
                            "memory",
                            "" + asked.incrementAndGet(),
                            Optional.empty())),
        "asking again gives the same secret");
  }

  @Test
  void there_has_to_be_something_to_look_for() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretSourceTck.verify(SecretSourceTckTest::plain, Map.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SecretSourceTck.verify(SecretSourceTckTest::plain, Map.of("A", "short")));
  }

  private static void assertBroken(SecretSource source, String... rules) {
    assertThatThrownBy(() -> SecretSourceTck.verify(source, KNOWN))
        .isInstanceOf(AssertionError.class)
        .hasMessageContainingAll(rules);
  }
}
