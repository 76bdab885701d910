package io.bellwether.openslo;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A value of a document, with the path it stands at and the list its problems go to. */
final class Field {
  private static final int MOST_DIGITS = 100;

  private final String path;
  private final @Nullable Object value;
  private final List<String> problems;
  private final Set<String> read = new TreeSet<>();
  private final Map<String, Field> children = new LinkedHashMap<>();

  Field(String path, @Nullable Object value, List<String> problems) {
    this.path = path;
    this.value = value;
    this.problems = problems;
  }

  String path() {
    return path;
  }

  /** What is said stays here; reading goes on, so that all problems are told at once. */
  void problem(String what) {
    problems.add(path + ": " + what);
  }

  boolean has(String name) {
    return map().get(name) != null;
  }

  Optional<Field> optional(String name) {
    read.add(name);
    return has(name) ? Optional.of(child(name)) : Optional.empty();
  }

  /** The field, or one without a value where it is missing, which is told. */
  Field required(String name) {
    read.add(name);
    var child = child(name);
    if (!has(name)) {
      child.problem("missing");
    }
    return child;
  }

  String text(String name) {
    return optional(name).map(Field::text).orElse("");
  }

  String text() {
    if (value instanceof String text) {
      return text;
    }
    if (value != null) {
      problem("expected a text, not " + kind());
    }
    return "";
  }

  boolean flag(String name) {
    return optional(name).map(Field::flag).orElse(false);
  }

  /** Whether it says true, as a flag or as a text. */
  boolean isTrue() {
    return "true".equals(String.valueOf(value));
  }

  private boolean flag() {
    if (value instanceof Boolean flag) {
      return flag;
    }
    problem("'" + value + "', expected true or false");
    return false;
  }

  Optional<BigDecimal> number() {
    if (value instanceof String text) {
      try {
        var number = new BigDecimal(text);
        if (Math.abs((long) number.scale()) <= MOST_DIGITS && text.length() <= MOST_DIGITS) {
          return Optional.of(number);
        }
        problem("a number of at most " + MOST_DIGITS + " digits is expected");
      } catch (NumberFormatException e) {
        problem("'" + text + "' is no number");
      }
    } else if (value != null) {
      problem("expected a number, not " + kind());
    }
    return Optional.empty();
  }

  /** A number that is whole and not negative. */
  Optional<Long> count() {
    var number = number();
    try {
      var count = number.map(BigDecimal::longValueExact);
      if (count.filter(n -> n < 0).isEmpty()) {
        return count;
      }
    } catch (ArithmeticException e) {
      problem("'" + text() + "' is no whole number up to " + Long.MAX_VALUE);
      return Optional.empty();
    }
    problem("'" + text() + "' is negative");
    return Optional.empty();
  }

  /** A duration of minutes, hours, days or weeks. */
  Optional<Duration> duration() {
    var text = text();
    if (text.equals("0m")) {
      return Optional.of(Duration.ZERO);
    }
    var found = Shorthand.parse(text).flatMap(Shorthand::exact);
    if (found.isEmpty() && value instanceof String) {
      problem("'" + text + "' is no duration such as 5m, 1h, 1d or 1w");
    }
    return found;
  }

  List<Field> elements() {
    if (!(value instanceof List<?> list)) {
      if (value != null) {
        problem("expected a list, not " + kind());
      }
      return List.of();
    }
    var elements = new ArrayList<Field>();
    for (var element : list) {
      elements.add(keep(path + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  Set<String> names() {
    return map().keySet();
  }

  /** The value as it is: texts, and lists and maps of them. */
  Map<String, Object> anything() {
    read.addAll(names());
    return map();
  }

  /** Tells of every field that nobody asked for: what does not map is no silent loss. */
  void refuseUnread() {
    if (value instanceof Map) {
      for (var name : map().keySet()) {
        if (!read.contains(name)) {
          problems.add(path + "." + name + ": does not map");
        }
      }
    }
    children.values().forEach(Field::refuseUnread);
  }

  private Field child(String name) {
    return keep(path + "." + name, map().get(name));
  }

  /** One object for one place, however often it is asked for, so that it knows what was read. */
  private Field keep(String place, @Nullable Object found) {
    return children.computeIfAbsent(place, p -> new Field(p, found, problems));
  }

  private Map<String, Object> map() {
    if (value instanceof Map<?, ?> map) {
      var named = new LinkedHashMap<String, Object>();
      map.forEach(
          (name, field) -> {
            if (field != null) {
              named.put("" + name, field);
            }
          });
      return named;
    }
    return Map.of();
  }

  private String kind() {
    return value instanceof Map
        ? "an object"
        : value instanceof List ? "a list" : "'" + value + "'";
  }
}
