package io.bellwether.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.Serializable;
import java.io.StringWriter;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class SecretTest {
  private static final String TEXT = "canary-Xk29-quoted\"-value";

  private record Holder(Secret key) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Test
  void it_shows_itself_to_nobody_but_the_code_it_is_handed_to() {
    var secret = Secret.of(TEXT);
    assertThat(secret).hasToString("***");
    assertThat(new Holder(secret)).hasToString("Holder[key=***]");
    assertThat(secret.<String>use(text -> "Bearer " + text)).isEqualTo("Bearer " + TEXT);
  }

  @Test
  void java_serialisation_ends_without_a_byte_of_it() {
    var bytes = new ByteArrayOutputStream();
    assertThatThrownBy(() -> write(new Holder(Secret.of(TEXT)), bytes))
        .isInstanceOf(NotSerializableException.class)
        .hasMessageNotContaining("canary");
    assertThat(bytes.toString(StandardCharsets.UTF_8)).doesNotContain("canary");
  }

  private static void write(Object value, ByteArrayOutputStream bytes) throws IOException {
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
  }

  @Test
  void no_mapper_of_fields_or_accessors_finds_its_text() {
    assertThat(Secret.class.getDeclaredFields())
        .filteredOn(field -> !Modifier.isStatic(field.getModifiers()))
        .isNotEmpty()
        .allMatch(field -> Modifier.isTransient(field.getModifiers()));
    assertThat(Secret.class.getMethods())
        .filteredOn(method -> method.getDeclaringClass() == Secret.class)
        .filteredOn(method -> method.getParameterCount() == 0)
        .extracting("name")
        .containsExactlyInAnyOrder("reference", "destroy", "isDestroyed", "hashCode", "toString");
  }

  @Test
  void an_exception_that_shows_it_is_replaced_with_all_its_causes() {
    var secret = Secret.of("not a uri " + TEXT);
    assertThatThrownBy(() -> secret.use(URI::create))
        .isInstanceOf(SecretUseException.class)
        .hasMessageContaining("java.lang.IllegalArgumentException")
        .hasNoCause()
        .satisfies(failure -> assertThat(trace(failure)).contains("URI").doesNotContain("canary"));
    assertThatThrownBy(() -> secret.use(SecretTest::failDeepInside))
        .isInstanceOf(SecretUseException.class)
        .satisfies(failure -> assertThat(trace(failure)).doesNotContain("canary"));
  }

  @Test
  void an_exception_or_error_that_shows_it_encoded_is_replaced_too() {
    var secret = Secret.of(TEXT);
    var encoded = Base64.getEncoder().encodeToString((":" + TEXT).getBytes(UTF_8));
    var hex = HexFormat.of().formatHex(TEXT.getBytes(UTF_8));
    for (var words : List.of(encoded, "Basic " + encoded, hex, "a " + TEXT)) {
      assertThatThrownBy(() -> secret.use(text -> fail(new IllegalStateException(words))))
          .isInstanceOf(SecretUseException.class);
      assertThatThrownBy(() -> secret.use(text -> raise(new AssertionError(words))))
          .isInstanceOf(SecretUseException.class)
          .hasMessageContaining("java.lang.AssertionError");
    }
    var tiny = Secret.of("pin1");
    assertThatThrownBy(() -> tiny.use(text -> fail(new IllegalStateException("bad " + text))))
        .isInstanceOf(SecretUseException.class);
  }

  @Test
  void an_exception_whose_message_shows_what_its_text_does_not_is_replaced_too() {
    var failure =
        new IllegalStateException("bad " + TEXT) {
          private static final long serialVersionUID = 1L;

          @Override
          public String toString() {
            return "a failure";
          }
        };
    assertThatThrownBy(() -> Secret.of(TEXT).use(text -> fail(failure)))
        .isInstanceOf(SecretUseException.class);
  }

  private static Object raise(Error error) {
    throw error;
  }

  private static Object failDeepInside(String text) {
    var failure = new IllegalStateException("request refused");
    failure.addSuppressed(new IllegalStateException("x", new IllegalStateException(text)));
    throw failure;
  }

  private static String trace(Throwable failure) {
    var text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void an_exception_that_does_not_show_it_is_passed_on_untouched() {
    var failure = new IllegalStateException("no connection");
    failure.addSuppressed(new IllegalStateException("closing failed", failure));
    assertThatThrownBy(() -> Secret.of(TEXT).use(text -> fail(failure))).isSameAs(failure);
  }

  private static Object fail(RuntimeException failure) {
    throw failure;
  }

  @Test
  void characters_that_were_handed_out_are_wiped_afterwards() {
    var kept = new AtomicReference<char[]>();
    var secret = Secret.of(TEXT);
    assertThat(secret.<String>useChars(chars -> String.valueOf(keep(kept, chars)))).isEqualTo(TEXT);
    assertThat(kept.get()).hasSize(TEXT.length()).containsOnly('\0');
    assertThat(secret.matches(TEXT)).isTrue();
  }

  private static char[] keep(AtomicReference<char[]> kept, char[] chars) {
    kept.set(chars);
    return chars;
  }

  @Test
  void it_equals_what_has_the_same_text_and_nothing_else() {
    var secret = Secret.of(TEXT);
    assertThat(secret).isEqualTo(Secret.of(TEXT.toCharArray())).hasSameHashCodeAs(Secret.of(TEXT));
    assertThat(secret).isNotEqualTo(Secret.of(TEXT + "x")).isNotEqualTo(Secret.of("x"));
    assertThat(secret.equals(null)).isFalse();
    assertThat(secret.matches(TEXT)).isTrue();
    assertThat(secret.matches(TEXT + TEXT)).isFalse();
    assertThat(secret.matches(TEXT.substring(1))).isFalse();
    assertThat(secret.matches("")).isFalse();
  }

  @Test
  void its_reference_names_it_in_this_process_and_shows_nothing_of_it() {
    var secret = Secret.of("1234");
    assertThat(secret.reference()).matches("[0-9a-f]{12}");
    assertThat(secret.reference()).isEqualTo(Secret.of("1234").reference());
    assertThat(secret.reference()).isNotEqualTo(Secret.of("1235").reference());
  }

  @Test
  void the_characters_it_was_made_of_may_be_wiped() {
    var chars = TEXT.toCharArray();
    var secret = Secret.of(chars);
    Arrays.fill(chars, '\0');
    assertThat(secret.matches(TEXT)).isTrue();
  }

  @Test
  void once_destroyed_it_can_be_used_no_more() {
    var secret = Secret.of(TEXT);
    secret.destroy();
    assertThatCode(secret::destroy).doesNotThrowAnyException();
    assertThat(secret.isDestroyed()).isTrue();
    assertThat(secret).isEqualTo(secret).isNotEqualTo(Secret.of(TEXT));
    assertThat(Secret.of(TEXT)).isNotEqualTo(secret);
    assertThatIllegalStateException()
        .isThrownBy(() -> secret.use(text -> text))
        .withMessage("the secret has been destroyed; fetch it again");
    assertThatIllegalStateException().isThrownBy(() -> secret.matches(TEXT));
  }

  @Test
  void an_empty_text_is_no_secret() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Secret.of(""))
        .withMessage("the secret is empty: expected at least one character; is its source set?");
    assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(new char[0]));
  }

  @Test
  void a_scope_is_of_the_repository_or_of_one_environment() {
    var production = SecretScope.environment("production");
    assertThat(production).hasToString("environment production");
    assertThat(production.covers("production")).isTrue();
    assertThat(production.covers("staging")).isFalse();
    assertThat(SecretScope.repository()).hasToString("repository");
    assertThat(SecretScope.repository().covers("production")).isTrue();
    assertThat(SecretScope.repository().isOf("production")).isFalse();
    assertThatIllegalArgumentException().isThrownBy(() -> SecretScope.environment(" "));
  }

  @Test
  void what_was_found_says_everything_but_the_secret() {
    var found = FoundSecret.of("AI_API_KEY", Secret.of(TEXT), SecretScope.repository(), "memory");
    assertThat(found).hasToString("AI_API_KEY of repository, from memory");
    SecretSource source = name -> Optional.of(found);
    assertThat(source.scope("production").find("AI_API_KEY"))
        .get()
        .hasToString("AI_API_KEY of environment production, from memory");
  }
}
