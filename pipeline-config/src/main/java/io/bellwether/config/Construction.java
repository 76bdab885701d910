package io.bellwether.config;

import io.bellwether.BellwetherException;
import io.bellwether.InvalidConfigurationException;
import io.bellwether.config.ConfigProblem.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record and tells what its constructor refuses, unless that shows what may be a secret.
 */
final class Construction {
  private Construction() {}

  static @Nullable Object of(
      RecordShape shape,
      @Nullable Object[] values,
      MapNode map,
      KeyPath path,
      ProblemList problems) {
    try {
      return shape.constructor().invokeExact(values);
    } catch (BellwetherException
        | IllegalArgumentException
        | IllegalStateException
        | ArithmeticException
        | NullPointerException
        | java.time.DateTimeException refusal) {
      for (var words : words(refusal)) {
        problems.add(
            Kind.INVALID_VALUE,
            path.toString(),
            map.origin(),
            shows(words, map, "", false)
                ? "the values are refused ("
                    + refusal.getClass().getSimpleName()
                    + "); the reason shows what may be a secret and is left out"
                : words);
      }
      return null;
    } catch (RuntimeException | Error unexpected) {
      throw unexpected;
    } catch (Throwable checked) {
      throw new IllegalStateException("a record's constructor throws a checked exception", checked);
    }
  }

  private static List<String> words(RuntimeException refusal) {
    return refusal instanceof InvalidConfigurationException several
        ? several.problems()
        : List.of(String.valueOf(refusal.getMessage()));
  }

  private static boolean shows(String words, Node node, String key, boolean secret) {
    if (node instanceof Scalar scalar) {
      return !scalar.text().isEmpty()
          && words.contains(scalar.text())
          && (scalar.filled() != null || Sensitivity.hides(key, scalar, secret));
    }
    if (node instanceof ListNode list) {
      return list.items().stream().anyMatch(item -> shows(words, item, key, secret));
    }
    var below = secret || Sensitivity.holdsSecrets(key);
    return ((MapNode) node)
        .entries().entrySet().stream()
            .anyMatch(entry -> shows(words, entry.getValue().value(), entry.getKey(), below));
  }
}
