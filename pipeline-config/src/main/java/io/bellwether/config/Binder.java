package io.bellwether.config;

import io.bellwether.config.ConfigProblem.Kind;
import io.bellwether.config.RecordShape.Part;
import io.bellwether.secret.Secret;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns nodes into records, collections and values; tells every problem and goes on. */
final class Binder {
  private final SecretRules rules;
  private final ProblemList problems;
  private final KeyPath path;
  private final List<Secret> secrets = new ArrayList<>();

  Binder(SecretRules rules, ProblemList problems, KeyPath path) {
    this.rules = rules;
    this.problems = problems;
    this.path = path;
  }

  /** The value, which is worth nothing if a problem was told. */
  @SuppressWarnings({"unchecked", "NullAway"})
  <T> T bind(@Nullable Node node, Class<T> type) {
    return (T) value(node, type, path.lastKey(), null, Origin.of("nothing"));
  }

  private @Nullable Object value(
      @Nullable Node node, Type type, String key, @Nullable ChronoUnit unit, Origin around) {
    var raw = raw(type);
    var missing = isMissing(node);
    if (raw == Optional.class) {
      return missing
          ? Optional.empty()
          : Optional.ofNullable(value(node, argument(type, 0), key, unit, around));
    }
    if (raw.isRecord() && Conversions.of(raw) == null) {
      return missing ? defaults(raw, around) : record(node, raw);
    }
    if (raw == Object.class && node != null && !missing) {
      return Plain.of(node);
    }
    if (raw == Map.class) {
      return map(missing ? MapNode.empty(around) : node, type, unit);
    }
    if (isCollection(raw)) {
      return collection(missing ? null : node, type, key, unit, around);
    }
    if (raw != Secret.class && raw != Object.class && Conversions.of(raw) == null) {
      throw unbindable(raw);
    }
    if (node == null || missing) {
      problem(Kind.MISSING, around, "is missing and has no default; expected " + expected(raw));
      return null;
    }
    return single(node, raw, key, unit);
  }

  private @Nullable Object defaults(Class<?> type, Origin around) {
    if (path.steps().size() > Limits.DEFAULTS.depth()) {
      throw new IllegalArgumentException(
          type.getName() + " needs another of itself; make it Optional or a list");
    }
    return record(MapNode.empty(around), type);
  }

  private static boolean isMissing(@Nullable Node node) {
    return node == null || node instanceof Scalar scalar && scalar.isNull();
  }

  private @Nullable Object record(@Nullable Node node, Class<?> type) {
    if (!(node instanceof MapNode map)) {
      return wrongType(node, "a mapping with " + String.join(", ", RecordShape.of(type).keys()));
    }
    var shape = RecordShape.of(type);
    var before = problems.size();
    var nodes = new Node[shape.parts().size()];
    for (var entry : map.entries().entrySet()) {
      var place = shape.places().get(entry.getKey());
      if (place == null) {
        told(
            Kind.UNKNOWN_KEY,
            entry.getKey(),
            entry.getValue().key(),
            "unknown key" + Nearest.hint(entry.getKey(), shape.keys()));
      } else if (nodes[place] != null) {
        told(
            Kind.DUPLICATE_KEY,
            entry.getKey(),
            entry.getValue().key(),
            "the same setting stands here in two spellings");
      } else {
        nodes[place] = entry.getValue().value();
      }
    }
    var values = new @Nullable Object[nodes.length];
    for (var i = 0; i < nodes.length; i++) {
      values[i] = component(nodes[i], shape.parts().get(i), map.origin());
    }
    return problems.size() > before ? null : Construction.of(shape, values, map, path, problems);
  }

  private @Nullable Object component(@Nullable Node node, Part part, Origin around) {
    path.push(part.key());
    try {
      var defaults = part.defaults();
      if (defaults == null || !isMissing(node)) {
        return value(node, part.type(), part.key(), part.unit(), around);
      }
      return defaults.length == 0
          ? nothing(part.type(), around)
          : value(written(defaults, part.type()), part.type(), part.key(), part.unit(), around);
    } finally {
      path.pop();
    }
  }

  private @Nullable Object nothing(Type type, Origin around) {
    var raw = raw(type);
    if (raw == Optional.class || isCollection(raw) || raw == Map.class) {
      return value(null, type, "", null, around);
    }
    return raw.isPrimitive() ? Zero.of(raw) : null;
  }

  private static boolean isCollection(Class<?> raw) {
    return raw == List.class || raw == Collection.class || raw == Set.class;
  }

  private static Node written(String[] defaults, Type type) {
    var origin = Origin.of("default");
    var items = new ArrayList<Node>();
    for (var text : defaults) {
      items.add(Scalar.of(origin, CoreSchema.typeOf(text), text));
    }
    var many = Collection.class.isAssignableFrom(raw(type));
    return many ? new ListNode(origin, items, null, null) : items.get(0);
  }

  private @Nullable Object map(@Nullable Node node, Type type, @Nullable ChronoUnit unit) {
    if (!(node instanceof MapNode map)) {
      return wrongType(node, "a mapping");
    }
    var keys = Conversions.of(raw(argument(type, 0)));
    var bound = new LinkedHashMap<Object, @Nullable Object>();
    map.entries()
        .forEach(
            (key, entry) -> {
              path.push(key);
              var name = Scalar.of(entry.key(), CoreSchema.typeOf(key), key);
              var made = keys == null ? key : convert(name, keys, key);
              var value = value(entry.value(), argument(type, 1), key, unit, entry.key());
              if (made != null && bound.containsKey(made)) {
                problem(
                    Kind.DUPLICATE_KEY, entry.key(), "the same key stands here in two spellings");
              } else if (made != null) {
                bound.put(made, value);
              }
              path.pop();
            });
    return Collections.unmodifiableMap(bound);
  }

  private @Nullable Object collection(
      @Nullable Node node, Type type, String key, @Nullable ChronoUnit unit, Origin around) {
    if (node != null && !(node instanceof ListNode)) {
      return wrongType(node, "a list");
    }
    var items = node == null ? List.<Node>of() : ((ListNode) node).items();
    var bound = new ArrayList<@Nullable Object>(items.size());
    for (var i = 0; i < items.size(); i++) {
      path.push(i);
      bound.add(value(items.get(i), argument(type, 0), key, unit, around));
      path.pop();
    }
    return raw(type) == Set.class
        ? Collections.unmodifiableSet(new LinkedHashSet<>(bound))
        : Collections.unmodifiableList(bound);
  }

  private @Nullable Object single(Node node, Class<?> type, String key, @Nullable ChronoUnit unit) {
    if (!(node instanceof Scalar scalar)) {
      return wrongType(node, expected(type));
    }
    if (type == Secret.class) {
      return secret(scalar, key);
    }
    var conversion = Objects.requireNonNull(Conversions.of(type), "checked before");
    if (type == Duration.class && unit != null && CoreSchema.number(scalar.text()).isPresent()) {
      return convert(scalar, new Conversions.Conversion("a whole number", s -> in(unit, s)), key);
    }
    return convert(scalar, conversion, key);
  }

  private IllegalArgumentException unbindable(Class<?> type) {
    return new IllegalArgumentException(
        "nothing can be bound to "
            + type.getName()
            + " ("
            + path
            + "): expected a record, a List, a Set, a Map, an Optional, an enum, Secret, Duration,"
            + " DataSize, Ratio, URI, Path, Instant, a text, a number or a flag");
  }

  private static Object in(ChronoUnit unit, Scalar scalar) {
    return Duration.of(Long.parseLong(scalar.text()), unit);
  }

  private @Nullable Object secret(Scalar scalar, String key) {
    if (scalar.filled() == null) {
      problem(
          Kind.LITERAL_SECRET,
          scalar.origin(),
          "a secret stands in the file; take it from a secret source with a placeholder, such as"
              + " ${AI_API_KEY}");
      return null;
    }
    if (!Sensitivity.holdsSecret(key)) {
      rules.filled(path, scalar, true, problems, new ArrayList<>());
    }
    if (scalar.text().isEmpty()) {
      problem(Kind.MISSING, scalar.origin(), "the secret is empty");
      return null;
    }
    var secret = Secret.of(scalar.text());
    secrets.add(secret);
    return secret;
  }

  /** What was bound to a secret so far. */
  List<Secret> secrets() {
    return secrets;
  }

  /** The failure is not kept: its words may hold the value. */
  private @Nullable Object convert(Scalar scalar, Conversions.Conversion conversion, String key) {
    try {
      return conversion.make().apply(scalar);
    } catch (RuntimeException e) {
      var shown =
          scalar.filled() != null
                  || Sensitivity.hides(key, scalar, Sensitivity.hides(path.steps()))
                  || scalar.text().length() > 40
              ? "the value is not " + conversion.expected()
              : "'" + scalar.text() + "' is not " + conversion.expected();
      problem(Kind.WRONG_TYPE, scalar.origin(), shown);
      return null;
    }
  }

  private @Nullable Object wrongType(@Nullable Node node, String expected) {
    var actual = node instanceof MapNode ? "a mapping" : "a list";
    problem(
        Kind.WRONG_TYPE,
        node == null ? Origin.of("nothing") : node.origin(),
        (node instanceof Scalar ? "a single value" : actual)
            + " stands here; expected "
            + expected);
    return null;
  }

  private static String expected(Class<?> type) {
    var conversion = Conversions.of(type);
    return conversion != null
        ? conversion.expected()
        : type == Secret.class ? "a secret" : "a value";
  }

  private void problem(Kind kind, Origin at, String message) {
    problems.add(kind, path.toString(), at, message);
  }

  private void told(Kind kind, String key, Origin at, String message) {
    path.push(key);
    problem(kind, at, message);
    path.pop();
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> raw) {
      return raw;
    }
    if (type instanceof ParameterizedType parameterized) {
      return raw(parameterized.getRawType());
    }
    if (type instanceof WildcardType wildcard) {
      return raw(wildcard.getUpperBounds()[0]);
    }
    throw new IllegalArgumentException("nothing can be bound to " + type);
  }

  private static Type argument(Type type, int index) {
    if (type instanceof ParameterizedType parameterized) {
      return parameterized.getActualTypeArguments()[index];
    }
    return String.class;
  }
}
