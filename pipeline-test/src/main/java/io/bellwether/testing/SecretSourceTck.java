package io.bellwether.testing;

import static io.bellwether.testing.Contract.expect;

import io.bellwether.secret.FoundSecret;
import io.bellwether.secret.SecretScope;
import io.bellwether.secret.SecretSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules every {@link SecretSource} keeps: what it has is found under its name, what it has not
 * is empty and no failure, nobody gets out of it with a crafted name, and nothing but the secret
 * itself shows the secret.
 *
 * <pre>{@code
 * SecretSourceTck.verify(secretFiles(directory), Map.of("AI_API_KEY", "the text in the file"));
 * }</pre>
 *
 * <p>The secrets stand still meanwhile. Nothing here belongs to a test framework.
 */
public final class SecretSourceTck {
  private static final String NOBODYS = "TCK_NOBODY_HAS_THIS_SECRET";
  private static final List<String> CRAFTED =
      List.of(
          "",
          " ",
          ".",
          "..",
          "../passwd",
          "/etc/hostname",
          "..\\x",
          "a/../../b",
          "a\0b",
          "a\nb",
          "..data",
          "%2e%2e",
          "*",
          "${HOME}");
  private static final int THREADS = 4;

  private final SecretSource source;
  private final Map<String, String> known;

  private SecretSourceTck(SecretSource source, Map<String, String> known) {
    this.source = source;
    this.known = Map.copyOf(known);
  }

  /**
   * Verifies a source.
   *
   * @param known names of secrets it has with their texts, of 8 characters or more; not empty
   * @throws AssertionError that tells every broken rule
   */
  public static void verify(SecretSource source, Map<String, String> known) {
    if (known.isEmpty() || known.values().stream().anyMatch(text -> text.length() < 8)) {
      throw new IllegalArgumentException(
          "expected at least one secret the source has, each of 8 characters or more");
    }
    new SecretSourceTck(source, known).verify();
  }

  private void verify() {
    new Contract("SecretSource")
        .check("what it has is found under its name", this::finds)
        .check("what it has not is empty", this::findsNothingElse)
        .check("a crafted name finds nothing and breaks nothing", this::isNotLedAstray)
        .check("asking again gives the same secret", this::findsAgain)
        .check("stating a scope changes the scope alone", this::takesScope)
        .check("nothing but the secret shows the secret", this::showsNothing)
        .check("several threads get what one gets", this::servesThreads)
        .throwIfBroken(source);
  }

  private void finds() {
    known.forEach(
        (name, text) -> {
          var found = found(name);
          expect(found.name(), name, "name of what was found");
          expect(found.secret().matches(text), name + ": the secret has another text");
          expect(!found.source().isBlank(), name + ": it does not say who had it");
        });
  }

  private void findsNothingElse() {
    expect(source.find(NOBODYS), Optional.empty(), "a secret nobody has");
    for (var name : known.keySet()) {
      expect(source.find(name + "_TCK"), Optional.empty(), "a secret of a longer name");
    }
  }

  private void isNotLedAstray() {
    for (var name : CRAFTED) {
      expect(source.find(name), Optional.empty(), "a secret named '" + name + "'");
    }
  }

  private void findsAgain() {
    for (var name : known.keySet()) {
      expect(found(name), found(name), name + " asked for again");
    }
  }

  private void takesScope() {
    var scope = SecretScope.environment("tck");
    var scoped = source.scope("tck");
    for (var name : known.keySet()) {
      expect(scoped.find(name), Optional.of(found(name).scope(scope)), name + " with a scope");
    }
    expect(scoped.find(NOBODYS), Optional.empty(), "a secret nobody has, with a scope");
  }

  private void showsNothing() {
    known.forEach(
        (name, text) -> {
          var found = found(name);
          for (var shown :
              List.of(found.toString(), found.source(), found.version(), "" + source)) {
            expect(!shown.contains(text), name + ": its text is shown outside the secret");
          }
          expect(!whatIsThrownFor(text).contains(text), name + ": an exception shows its text");
        });
  }

  /** A text asked for as if it were a name, which happens when two settings are swapped. */
  private String whatIsThrownFor(String text) {
    try {
      source.find(text);
      return "";
    } catch (RuntimeException failure) {
      var words = new StringBuilder();
      for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
        words.append(cause).append('\n');
      }
      return words.toString();
    }
  }

  private void servesThreads() throws Exception {
    Contract.together(Collections.nCopies(THREADS, this::finds));
  }

  private FoundSecret found(String name) {
    var found = source.find(name);
    expect(found.isPresent(), name + " is not found");
    return found.orElseThrow();
  }
}
