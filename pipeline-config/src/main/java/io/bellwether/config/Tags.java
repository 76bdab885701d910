package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.Scalar.ScalarType;
import org.jspecify.annotations.Nullable;

/** Explicit tags: those of the core schema mean what they say, all others are refused. */
final class Tags {
  private static final String CORE = "tag:yaml.org,2002:";

  private Tags() {}

  static ScalarType scalar(String tag, String written, Origin at) {
    return switch (tag) {
      case "!", CORE + "str" -> ScalarType.TEXT;
      case CORE + "null" -> of(ScalarType.NULL, written, at);
      case CORE + "bool" -> of(ScalarType.BOOLEAN, written, at);
      case CORE + "int" -> of(ScalarType.INTEGER, written, at);
      case CORE + "float" ->
          CoreSchema.typeOf(written) == ScalarType.INTEGER
              ? ScalarType.DECIMAL
              : of(ScalarType.DECIMAL, written, at);
      default -> throw unsupported(at);
    };
  }

  private static ScalarType of(ScalarType type, String written, Origin at) {
    if (CoreSchema.typeOf(written) != type) {
      throw new Refusal(Kind.YAML_SYNTAX, at, "the value is not what its tag says");
    }
    return type;
  }

  static void requireMap(@Nullable String tag, Origin at) {
    require(tag == null || tag.equals("!") || tag.equals(CORE + "map"), at);
  }

  static void requireList(@Nullable String tag, Origin at) {
    require(tag == null || tag.equals("!") || tag.equals(CORE + "seq"), at);
  }

  static void requireKey(@Nullable String tag, Origin at) {
    if (tag != null) {
      require(tag.equals("!") || tag.matches(CORE + "(str|int|float|bool|null)"), at);
    }
  }

  private static void require(boolean known, Origin at) {
    if (!known) {
      throw unsupported(at);
    }
  }

  private static Refusal unsupported(Origin at) {
    return new Refusal(
        Kind.UNSUPPORTED_TAG,
        at,
        "a tag outside YAML's core schema; remove it: configuration creates no objects");
  }
}
