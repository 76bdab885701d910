package io.bellwether.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whether a schema is one: the parts of JSON Schema that prompts' schemas are written with. */
final class SchemaChecks {
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  private final List<String> problems = new ArrayList<>();

  private SchemaChecks() {}

  /** What is wrong with the schema; nothing is wrong with none. */
  static List<String> check(Map<String, Object> schema, String where) {
    var checks = new SchemaChecks();
    if (!schema.isEmpty()) {
      checks.schema(schema, where);
    }
    return checks.problems;
  }

  /** Whether an input's properties are the prompt's variables. */
  static List<String> fits(Map<String, Object> input, Map<String, PromptVariable> variables) {
    if (!(input.get("properties") instanceof Map<?, ?> properties)) {
      return List.of();
    }
    var missing = new TreeSet<>(variables.keySet());
    properties.keySet().forEach(property -> missing.remove(String.valueOf(property)));
    var problems = new ArrayList<String>();
    missing.forEach(name -> problems.add("the variable '" + name + "' is no property of it"));
    for (var property : properties.keySet()) {
      if (!variables.containsKey(String.valueOf(property))) {
        problems.add("its property '" + property + "' is no variable of the prompt");
      }
    }
    return problems;
  }

  private void schema(Map<?, ?> schema, String where) {
    type(schema.get("type"), where);
    var properties = schema.get("properties");
    if (properties instanceof Map<?, ?> map) {
      map.forEach((name, inner) -> inner(inner, where + ".properties." + name));
    } else if (properties != null) {
      problems.add(where + ".properties: expected a mapping of names to schemas");
    }
    if (schema.get("items") != null) {
      inner(schema.get("items"), where + ".items");
    }
    required(schema.get("required"), properties, where);
    if (schema.get("enum") != null && !(schema.get("enum") instanceof List<?>)) {
      problems.add(where + ".enum: expected a list");
    }
  }

  private void inner(@Nullable Object schema, String where) {
    if (schema instanceof Map<?, ?> map) {
      schema(map, where);
    } else if (!(schema instanceof Boolean)) {
      problems.add(where + ": expected a schema");
    }
  }

  private void type(@Nullable Object type, String where) {
    for (var one :
        type instanceof List<?> several ? several : type == null ? List.of() : List.of(type)) {
      if (!TYPES.contains(String.valueOf(one))) {
        problems.add(where + ".type: expected one of " + new TreeSet<>(TYPES));
      }
    }
  }

  private void required(@Nullable Object required, @Nullable Object properties, String where) {
    if (required == null) {
      return;
    }
    if (!(required instanceof List<?> names)) {
      problems.add(where + ".required: expected a list of names");
      return;
    }
    for (var name : names) {
      if (!(properties instanceof Map<?, ?> map) || !map.containsKey(name)) {
        problems.add(where + ".required: '" + name + "' is no property of it");
      }
    }
  }
}
