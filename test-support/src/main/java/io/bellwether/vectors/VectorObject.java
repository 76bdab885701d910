package io.bellwether.vectors;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of a vector file that remembers which of its fields were read, so that a field nobody
 * knows is found however deep it lies.
 */
public final class VectorObject {
  private final String path;
  private final Map<String, @Nullable Object> fields;
  private final Set<String> read = new HashSet<>();
  private final List<VectorObject> children = new ArrayList<>();

  /**
   * An object of these fields.
   *
   * @param path where it stands, for messages
   */
  public VectorObject(String path, Map<String, @Nullable Object> fields) {
    this.path = path;
    this.fields = fields;
  }

  /** Every field that was never read, here and in the objects within. */
  public List<String> unread() {
    var unread = new ArrayList<String>();
    fields.keySet().stream()
        .filter(name -> !read.contains(name))
        .forEach(name -> unread.add(path + "." + name));
    children.forEach(child -> unread.addAll(child.unread()));
    return unread;
  }

  public boolean isEmpty() {
    return fields.isEmpty();
  }

  public boolean has(String name) {
    return fields.containsKey(name);
  }

  /** Marks a field as known that says nothing to assert. */
  public VectorObject skip(String... names) {
    read.addAll(List.of(names));
    return this;
  }

  public String text(String name) {
    return (String) required(name);
  }

  public double number(String name) {
    return asNumber(name, required(name));
  }

  /** Empty if the field is missing or null. */
  public OptionalDouble optionalNumber(String name) {
    var value = value(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(asNumber(name, value));
  }

  public boolean flag(String name) {
    return (Boolean) required(name);
  }

  public boolean flag(String name, boolean otherwise) {
    return has(name) ? flag(name) : otherwise;
  }

  public double[] numbers(String name) {
    return ((List<?>) required(name)).stream().mapToDouble(item -> asNumber(name, item)).toArray();
  }

  public List<String> texts(String name) {
    return ((List<?>) required(name)).stream().map(String.class::cast).toList();
  }

  public Map<String, Double> numbersByName(String name) {
    var numbers = new LinkedHashMap<String, Double>();
    ((Map<?, ?>) required(name))
        .forEach((key, value) -> numbers.put((String) key, asNumber(name, value)));
    return numbers;
  }

  /** A map of texts. */
  public Map<String, String> textsByName(String name) {
    var texts = new LinkedHashMap<String, String>();
    ((Map<?, ?>) required(name)).forEach((key, value) -> texts.put((String) key, (String) value));
    return texts;
  }

  public VectorObject object(String name) {
    return child(path + "." + name, required(name));
  }

  public List<VectorObject> objects(String name) {
    var objects = new ArrayList<VectorObject>();
    for (var item : (List<?>) required(name)) {
      objects.add(child(path + "." + name + "[" + objects.size() + "]", item));
    }
    return objects;
  }

  /** The names of the fields, in their order. */
  public List<String> names() {
    return List.copyOf(fields.keySet());
  }

  /** The field as it stands: a text, a number, a flag, a list, a map or null. */
  public @Nullable Object raw(String name) {
    return value(name);
  }

  /** A list of whatever it holds. */
  public List<?> list(String name) {
    return (List<?>) required(name);
  }

  /** The objects of a list, or none if there is no such field. */
  public List<VectorObject> objectsIfAny(String name) {
    return has(name) ? objects(name) : List.of();
  }

  /** The numbers among the fields themselves. */
  public double[] ownNumbers() {
    return fields.values().stream()
        .filter(Double.class::isInstance)
        .mapToDouble(Double.class::cast)
        .toArray();
  }

  /** Whether the field is there and says nothing. */
  public boolean isNull(String name) {
    return has(name) && value(name) == null;
  }

  private VectorObject child(String childPath, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> map)) {
      throw new AssertionError(childPath + " is no object: " + value);
    }
    var copy = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, field) -> copy.put((String) key, field));
    var child = new VectorObject(childPath, copy);
    children.add(child);
    return child;
  }

  private Object required(String name) {
    var value = value(name);
    if (value == null) {
      throw new AssertionError(path + " has no " + name + ": " + fields);
    }
    return value;
  }

  private @Nullable Object value(String name) {
    read.add(name);
    return fields.get(name);
  }

  private double asNumber(String name, @Nullable Object value) {
    if (value instanceof Double number) {
      return number;
    }
    if ("NaN".equals(value)) {
      return Double.NaN;
    }
    throw new AssertionError(path + "." + name + " holds no number: " + value);
  }
}
