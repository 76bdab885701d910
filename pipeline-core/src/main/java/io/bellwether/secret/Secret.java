package io.bellwether.secret;

import java.util.Arrays;
import java.util.function.Function;
import javax.security.auth.Destroyable;
import org.jspecify.annotations.Nullable;

/**
 * A text that must not be seen: an API key, a password, a webhook address.
 *
 * <p>The text leaves it through {@link #use} alone. It stands in no {@code toString()}, in no JSON
 * a mapper makes of fields or accessors, in no Java serialisation (there is none) and in no
 * exception that {@link #use} lets out. Two secrets are compared in a time that does not tell how
 * much of them is alike, and the hash code says nothing outside this process.
 *
 * <p>Thread-safe. {@link #destroy} wipes the copy held here; a {@code String} it was made of, or
 * was used as, lives until the garbage collector takes it.
 */
public final class Secret implements Destroyable {
  /** What stands wherever a secret would have stood. */
  public static final String MASK = "***";

  /** Transient, so that a mapper which reads private fields (Gson, Jackson set to) passes by. */
  private final transient char[] text;

  /** Made when somebody asks, at the latest when the text is wiped. */
  private transient volatile @Nullable String reference;

  private transient volatile boolean destroyed;

  private Secret(char[] text) {
    if (text.length == 0) {
      throw new IllegalArgumentException(
          "the secret is empty: expected at least one character; is its source set?");
    }
    this.text = text;
  }

  /**
   * A secret of this text.
   *
   * @throws IllegalArgumentException if the text is empty: a key nobody has is no secret
   */
  public static Secret of(String text) {
    return new Secret(text.toCharArray());
  }

  /**
   * A secret of a copy of these characters; wipe yours.
   *
   * @throws IllegalArgumentException if there is no character
   */
  public static Secret of(char[] text) {
    return new Secret(text.clone());
  }

  /**
   * Hands the text to the code that needs it, and returns what that makes of it.
   *
   * @param use must neither keep the text nor log it
   * @throws IllegalStateException if the secret has been destroyed
   * @throws SecretUseException in place of an exception or error that shows the text, in any form a
   *     {@link SecretMasker} knows, also in a cause; any other is passed on untouched
   */
  public <R> R use(Function<? super String, ? extends R> use) {
    return useChars(copy -> use.apply(String.valueOf(copy)));
  }

  /**
   * Like {@link #use} with characters that are wiped when {@code use} returns.
   *
   * @throws IllegalStateException if the secret has been destroyed
   * @throws SecretUseException in place of an exception that shows the text
   */
  public <R> R useChars(Function<? super char[], ? extends R> use) {
    var copy = copy();
    var handed = copy.clone();
    try {
      return use.apply(handed);
    } catch (
        Throwable failure) { // an error, and what was thrown past the compiler, can show it too
      if (SecretUseException.shows(failure, copy)) {
        throw new SecretUseException(failure);
      }
      throw failure;
    } finally {
      Arrays.fill(copy, '\0');
      Arrays.fill(handed, '\0');
    }
  }

  /** Whether the text is this one, in a time that depends on the lengths alone. */
  public boolean matches(String candidate) {
    return equal(candidate.toCharArray(), copy());
  }

  /**
   * Twelve hex digits that name this secret within this process and nowhere else, for audits: a
   * keyed hash under a random key, so that short secrets cannot be guessed from it.
   */
  public String reference() {
    var known = reference;
    return known != null ? known : makeReference();
  }

  private synchronized String makeReference() {
    var known = reference;
    if (known == null) {
      known = ProcessKey.reference(text);
      reference = known;
    }
    return known;
  }

  private synchronized char[] copy() {
    if (destroyed) {
      throw new IllegalStateException("the secret has been destroyed; fetch it again");
    }
    return text.clone();
  }

  /** Wipes the text; using the secret afterwards is refused. Harmless when repeated. */
  @Override
  public synchronized void destroy() {
    makeReference();
    Arrays.fill(text, '\0');
    destroyed = true;
  }

  @Override
  public boolean isDestroyed() {
    return destroyed;
  }

  /** Whether the other is a secret of the same text; a destroyed one equals only itself. */
  @Override
  public boolean equals(Object other) {
    return this == other
        || other instanceof Secret secret
            && !destroyed
            && !secret.destroyed
            && equal(copy(), secret.copy());
  }

  @Override
  public int hashCode() {
    return reference().hashCode();
  }

  /** Looks at every character whatever it finds, so that the time tells nothing. */
  private static boolean equal(char[] candidate, char[] secret) {
    var difference = candidate.length ^ secret.length;
    for (var i = 0; i < candidate.length; i++) {
      difference |= candidate[i] ^ secret[i % secret.length];
    }
    return difference == 0;
  }

  /** Always {@value #MASK}. */
  @Override
  public String toString() {
    return MASK;
  }
}
