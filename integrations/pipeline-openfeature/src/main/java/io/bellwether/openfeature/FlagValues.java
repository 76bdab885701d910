package io.bellwether.openfeature;

import dev.openfeature.sdk.ImmutableStructure;
import dev.openfeature.sdk.Value;
import dev.openfeature.sdk.exceptions.TypeMismatchError;
import io.bellwether.release.Version;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a version is as a value of each type. */
final class FlagValues {
  private final Map<String, Function<Version, Value>> given;

  FlagValues(Map<String, Function<Version, Value>> given) {
    this.given = Map.copyOf(given);
  }

  boolean flag(String key, Answer answer) {
    return of(key, answer, Value::isBoolean, "boolean")
        .map(Value::asBoolean)
        .orElseGet(answer::candidate);
  }

  String text(String key, Answer answer) {
    return of(key, answer, Value::isString, "string")
        .map(Value::asString)
        .orElseGet(() -> answer.version().id());
  }

  int integer(String key, Answer answer) {
    return of(key, answer, FlagValues::isWhole, "integer")
        .map(Value::asInteger)
        .orElseThrow(() -> versions(key, "integer"));
  }

  double number(String key, Answer answer) {
    return of(key, answer, Value::isNumber, "double")
        .map(Value::asDouble)
        .orElseThrow(() -> versions(key, "double"));
  }

  Value object(String key, Answer answer) {
    return of(key, answer, value -> true, "object")
        .orElseGet(
            () -> {
              var parts = new HashMap<String, Value>();
              parts.put("release", new Value(answer.decision().release()));
              parts.put("version", new Value(answer.version().id()));
              parts.put("candidate", new Value(answer.candidate()));
              return new Value(new ImmutableStructure(parts));
            });
  }

  private Optional<Value> of(String key, Answer answer, Predicate<Value> fits, String type) {
    var values = given.get(key);
    if (values == null) {
      return Optional.empty();
    }
    var value = values.apply(answer.version());
    if (value == null || !fits.test(value)) {
      throw new TypeMismatchError(
          "flag '" + key + "': the value of " + answer.version() + " is no " + type);
    }
    return Optional.of(value);
  }

  /** An integer that came as a double counts as what it is. */
  private static boolean isWhole(Value value) {
    return value.isNumber() && value.asDouble() == Math.rint(value.asDouble());
  }

  private static TypeMismatchError versions(String key, String asked) {
    return new TypeMismatchError(
        "flag '"
            + key
            + "' is a version, so a string, a boolean or an object, and no "
            + asked
            + "; say what its values are with values(…)");
  }
}
