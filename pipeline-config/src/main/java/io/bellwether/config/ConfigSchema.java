package io.bellwether.config;

import io.bellwether.Ratio;
import io.bellwether.secret.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes a JSON Schema (draft 2020-12) of a settings record, so that editors complete and check a
 * YAML file. A placeholder is allowed wherever a value is; what a constructor refuses is not in it.
 */
public final class ConfigSchema {
  private static final String OBJECT = "{\"type\":[\"object\",\"null\"]";
  private static final String PLACEHOLDER = "{\"type\":\"string\",\"pattern\":\"\\\\$\\\\{\"}";

  /** The records that are being written, the outermost first. */
  private final Set<Class<?>> within = new LinkedHashSet<>();

  private ConfigSchema() {}

  /** A schema that takes no other keys than the record's. */
  public static String of(Class<? extends Record> type) {
    return document(type, false);
  }

  /** A schema that takes other keys beside the record's at the top, as a host's own sections. */
  public static String open(Class<? extends Record> type) {
    return document(type, true);
  }

  private static String document(Class<?> type, boolean open) {
    return "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\","
        + new ConfigSchema().record(type, open).substring(1);
  }

  private String record(Class<?> type, boolean open) {
    if (!within.add(type)) {
      return OBJECT + "}"; // one that holds itself is described once
    }
    var shape = RecordShape.of(type);
    var properties =
        shape.parts().stream()
            .map(part -> quoted(part.key()) + ":" + property(part))
            .collect(Collectors.joining(","));
    var required =
        shape.parts().stream()
            .filter(ConfigSchema::isRequired)
            .map(part -> quoted(part.key()))
            .collect(Collectors.joining(","));
    within.remove(type);
    return OBJECT
        + ",\"properties\":{"
        + properties
        + "},\"required\":["
        + required
        + "],\"additionalProperties\":"
        + open
        + "}";
  }

  /** A record is required if something in it is. */
  private static boolean isRequired(RecordShape.Part part) {
    return isRequired(part, new HashSet<>());
  }

  private static boolean isRequired(RecordShape.Part part, Set<Class<?>> seen) {
    var raw = raw(part.type());
    if (raw.isRecord() && Conversions.of(raw) == null) {
      return part.defaults() == null
          && seen.add(raw)
          && RecordShape.of(raw).parts().stream().anyMatch(inner -> isRequired(inner, seen));
    }
    return part.defaults() == null
        && raw != Optional.class
        && !Collection.class.isAssignableFrom(raw)
        && !Map.class.isAssignableFrom(raw);
  }

  private String property(RecordShape.Part part) {
    var defaults = part.defaults();
    var schema = schema(part.type(), part.unit() != null);
    if (defaults == null || defaults.length != 1) {
      return schema;
    }
    return schema.substring(0, schema.length() - 1) + ",\"default\":" + literal(defaults[0]) + "}";
  }

  private static String literal(String text) {
    return new Printer(false).json(Scalar.of(Origin.of("default"), CoreSchema.typeOf(text), text));
  }

  private String schema(Type type, boolean bareNumbers) {
    var raw = raw(type);
    if (raw == Optional.class) {
      return schema(argument(type, 0), bareNumbers);
    }
    if (raw.isRecord() && Conversions.of(raw) == null) {
      return record(raw, false);
    }
    if (Collection.class.isAssignableFrom(raw)) {
      return "{\"type\":[\"array\",\"null\"],\"items\":"
          + schema(argument(type, 0), bareNumbers)
          + "}";
    }
    if (Map.class.isAssignableFrom(raw)) {
      return OBJECT + ",\"additionalProperties\":" + schema(argument(type, 1), bareNumbers) + "}";
    }
    return single(raw, bareNumbers);
  }

  private static String single(Class<?> type, boolean bareNumbers) {
    if (type.isEnum()) {
      var names =
          Arrays.stream(type.getEnumConstants())
              .map(constant -> quoted(((Enum<?>) constant).name().toLowerCase(Locale.ROOT)))
              .collect(Collectors.joining(","));
      return anyOf(List.of("{\"enum\":[" + names + "]}", PLACEHOLDER));
    }
    if (type == Secret.class) {
      return PLACEHOLDER;
    }
    if (type == boolean.class || type == Boolean.class) {
      return anyOf(List.of("{\"type\":\"boolean\"}", PLACEHOLDER));
    }
    var forms = new ArrayList<String>();
    if (type == Ratio.class) {
      forms.add("{\"type\":\"number\",\"minimum\":0,\"maximum\":1}");
      forms.add("{\"type\":\"string\",\"pattern\":\"%$\"}");
    } else if (type == Duration.class && bareNumbers) {
      forms.add("{\"type\":\"integer\"}");
      forms.add("{\"type\":\"string\"}");
    } else if (isWhole(type)) {
      forms.add("{\"type\":\"integer\"}");
    } else if (type.isPrimitive() || Number.class.isAssignableFrom(type)) {
      forms.add("{\"type\":\"number\"}");
    } else {
      return "{\"type\":[\"string\",\"number\",\"boolean\"]}";
    }
    forms.add(PLACEHOLDER);
    return anyOf(forms);
  }

  private static boolean isWhole(Class<?> type) {
    return List.of(int.class, long.class, short.class, byte.class).contains(type)
        || List.of(Integer.class, Long.class, Short.class, Byte.class).contains(type)
        || type == java.math.BigInteger.class;
  }

  private static String anyOf(List<String> forms) {
    return "{\"anyOf\":[" + String.join(",", forms) + "]}";
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static Class<?> raw(Type type) {
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : (Class<?>) type;
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
