package io.bellwether.alertmanager;

import io.bellwether.BellwetherException;
import io.bellwether.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.DuplicateKeyException;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** A map of a YAML file, with its path for messages. */
final class YamlDocument {
  private final String path;
  private final Map<String, @Nullable Object> fields;
  private final Problems problems;

  private YamlDocument(String path, Map<String, @Nullable Object> fields, Problems problems) {
    this.path = path;
    this.fields = fields;
    this.problems = problems;
  }

  static YamlDocument parse(String yaml, Problems problems) {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setMaxAliasesForCollections(20);
    try {
      Object document = new Yaml(new SafeConstructor(options)).load(yaml);
      if (document instanceof Map<?, ?> map) {
        refuseCircles(document, Collections.newSetFromMap(new IdentityHashMap<>()));
        return new YamlDocument("", texts(map), problems);
      }
    } catch (YAMLException e) {
      throw new BellwetherException(
          "the Alertmanager file " + wrong(e)); // its words quote the file
    }
    throw new BellwetherException("the Alertmanager file is no map");
  }

  /** An alias may stand inside what it names; read as a tree, that has no end. */
  private static void refuseCircles(@Nullable Object value, Set<Object> around) {
    var inside =
        value instanceof Map<?, ?> map
            ? map.values()
            : value instanceof List<?> list ? list : List.of();
    if (value == null || inside.isEmpty()) {
      return;
    }
    if (!around.add(value)) {
      throw new BellwetherException("the Alertmanager file has an alias inside what it names");
    }
    inside.forEach(part -> refuseCircles(part, around));
    around.remove(value);
  }

  private static String wrong(YAMLException e) {
    var mark = e instanceof MarkedYAMLException marked ? marked.getProblemMark() : null;
    var at =
        mark == null
            ? ""
            : " at line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
    return (e instanceof DuplicateKeyException ? "has a key twice" : "is no YAML") + at;
  }

  private static Map<String, @Nullable Object> texts(Map<?, ?> map) {
    var fields = new LinkedHashMap<String, @Nullable Object>();
    map.forEach((key, value) -> fields.put(String.valueOf(key), value));
    return fields;
  }

  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  void problem(String name, String what) {
    problems.add(path(name) + ": " + what);
  }

  /** Refuses fields nobody reads: a setting that is misspelt is not there. */
  void allow(Set<String> known) {
    for (var name : fields.keySet()) {
      problems.require(known.contains(name), path(name) + ": unknown field; known: " + known);
    }
  }

  boolean has(String name) {
    return fields.get(name) != null;
  }

  Optional<String> text(String name) {
    return Optional.ofNullable(fields.get(name)).map(Object::toString);
  }

  boolean flag(String name) {
    if (has(name) && !(fields.get(name) instanceof Boolean)) {
      problem(name, "'" + fields.get(name) + "', expected true or false");
    }
    return Boolean.TRUE.equals(fields.get(name));
  }

  List<String> texts(String name) {
    var value = fields.get(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toList();
    }
    problem(name, "expected a list");
    return List.of();
  }

  Map<String, String> map(String name) {
    var texts = new LinkedHashMap<String, String>();
    if (fields.get(name) instanceof Map<?, ?> map) {
      for (var entry : map.entrySet()) {
        if (entry.getValue() == null) {
          problem(name + "." + entry.getKey(), "there is no value");
        }
        texts.put(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
      }
    } else if (has(name)) {
      problem(name, "expected a map");
    }
    return texts;
  }

  Optional<YamlDocument> child(String name) {
    if (fields.get(name) instanceof Map<?, ?> map) {
      return Optional.of(new YamlDocument(path(name), texts(map), problems));
    }
    if (has(name)) {
      problem(name, "expected a map");
    }
    return Optional.empty();
  }

  List<YamlDocument> children(String name) {
    var children = new ArrayList<YamlDocument>();
    if (fields.get(name) instanceof List<?> list) {
      for (var item : list) {
        var at = path(name) + "[" + children.size() + "]";
        if (item instanceof Map<?, ?> map) {
          children.add(new YamlDocument(at, texts(map), problems));
        } else {
          problems.add(at + ": expected a map");
        }
      }
    } else if (has(name)) {
      problem(name, "expected a list");
    }
    return children;
  }
}
