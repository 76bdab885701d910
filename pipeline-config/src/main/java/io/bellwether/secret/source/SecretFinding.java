package io.bellwether.secret.source;

/**
 * Something in a text that looks like a secret; does not hold it.
 *
 * @param rule which rule found it, such as {@code openai-api-key}
 * @param certain whether the shape is one that only secrets have: refuse it; otherwise warn
 * @param start index of its first character
 * @param end index after its last character
 */
public record SecretFinding(String rule, boolean certain, int start, int end) {
  /** In words, for example {@code looks like a secret (openai-api-key)}. */
  @Override
  public String toString() {
    return (certain ? "is a secret by its shape (" : "looks like a secret (") + rule + ")";
  }
}
