package io.bellwether.secret.source;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/**
 * What names say about secrets: which keys of a configuration hold one, and which names of secrets
 * say too little.
 *
 * <p>Whole words are looked at, so that {@code max_tokens}, {@code keyboard} and {@code width} are
 * no secrets. Thread-safe.
 */
public final class SecretNames {
  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^\\p{Alnum}]+|(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");

  /** A key that ends in one of these holds a secret. */
  private static final Set<String> LAST =
      Set.of(
          "password",
          "passwords",
          "passwd",
          "pwd",
          "passphrase",
          "passphrases",
          "secret",
          "token",
          "credential",
          "credentials",
          "apikey",
          "apikeys",
          "secrets",
          "webhook");

  /** What makes a secret of a last word {@code key}, {@code url} or the like. */
  private static final Set<String> LAST_TWO =
      Set.of(
          "api key",
          "access key",
          "private key",
          "secret key",
          "signing key",
          "encryption key",
          "integration key",
          "routing key",
          "account key",
          "auth key",
          "master key",
          "service key",
          "webhook url",
          "webhook uri",
          "auth header",
          "connection string",
          "access tokens",
          "api tokens",
          "auth tokens",
          "bearer tokens",
          "refresh tokens",
          "session tokens",
          "admin pass",
          "database pass",
          "db pass",
          "root pass",
          "smtp pass",
          "user pass");

  /** Words that say no more than that it is a secret. */
  private static final Set<String> GENERIC =
      Set.of(
          "key",
          "secret",
          "token",
          "password",
          "passwd",
          "pass",
          "pwd",
          "credential",
          "credentials",
          "value",
          "var",
          "env",
          "my",
          "the",
          "new",
          "old",
          "tmp",
          "temp",
          "test",
          "foo",
          "bar",
          "name",
          "data");

  private static final int CACHED = 10_000;
  private static final ConcurrentMap<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private SecretNames() {}

  /** Whether a key of this name holds a secret, such as {@code api_key} or {@code dbPassword}. */
  public static boolean holdsSecret(String key) {
    var known = KNOWN.get(key);
    if (known != null) {
      return known;
    }
    var holds = judge(words(key));
    if (KNOWN.size() < CACHED) {
      KNOWN.put(key, holds);
    }
    return holds;
  }

  private static boolean judge(List<String> words) {
    if (words.isEmpty()) {
      return false;
    }
    var last = words.get(words.size() - 1);
    return LAST.contains(last)
        || words.size() > 1 && LAST_TWO.contains(words.get(words.size() - 2) + " " + one(last));
  }

  private static String one(String word) {
    return word.equals("keys") ? "key" : word;
  }

  /**
   * What is wrong with the name of a secret, or empty: {@code PAYMENTS_API_KEY} says what it opens,
   * {@code KEY1} does not.
   */
  public static Optional<String> problemWith(String name) {
    var telling =
        words(name).stream()
            .map(word -> word.replaceAll("\\d+$", ""))
            .anyMatch(word -> word.length() > 1 && !GENERIC.contains(word));
    return telling
        ? Optional.empty()
        : Optional.of(
            "the secret's name '"
                + name
                + "' does not say what it opens; name it after that, such as PAYMENTS_API_KEY");
  }

  private static List<String> words(String name) {
    return Arrays.stream(BETWEEN_WORDS.split(name))
        .filter(word -> !word.isEmpty())
        .map(word -> word.toLowerCase(Locale.ROOT))
        .toList();
  }
}
