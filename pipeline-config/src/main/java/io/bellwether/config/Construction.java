package io.bellwether.config;

import io.bellwether.InvalidConfigurationException;
import io.bellwether.config.ConfigProblem.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes a record and tells what its constructor refuses, unless one of its values is hidden. */
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
    } catch (VirtualMachineError broken) {
      throw broken;
    } catch (Throwable refusal) {
      for (var words :
          words(refusal, hides(map, path.lastKey(), Sensitivity.hides(path.steps())))) {
        problems.add(Kind.INVALID_VALUE, path.toString(), map.origin(), words);
      }
      return null;
    }
  }

  /** A constructor may show any form of a value, so that one which is hidden hides all words. */
  private static List<String> words(Throwable refusal, boolean hidden) {
    var name = refusal.getClass().getSimpleName();
    if (hidden) {
      return List.of(
          "the values are refused ("
              + name
              + "); the reason may show what may be a secret and is left out");
    }
    if (refusal instanceof InvalidConfigurationException several) {
      return several.problems();
    }
    var message = refusal.getMessage();
    return List.of(message == null ? "the values are refused (" + name + ")" : message);
  }

  private static boolean hides(Node node, String key, boolean secret) {
    if (node instanceof Scalar scalar) {
      return !scalar.text().isEmpty()
          && (scalar.filled() != null || Sensitivity.hides(key, scalar, secret));
    }
    if (node instanceof ListNode list) {
      return list.items().stream().anyMatch(item -> hides(item, key, secret));
    }
    var below = secret || Sensitivity.holdsSecrets(key);
    return ((MapNode) node)
        .entries().entrySet().stream()
            .anyMatch(entry -> hides(entry.getValue().value(), entry.getKey(), below));
  }
}
