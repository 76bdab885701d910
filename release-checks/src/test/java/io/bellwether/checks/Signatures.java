package io.bellwether.checks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.bellwether.checks.Published.Module;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;

/**
 * The public face of a module, as {@code javap} reads it from the class files: what a host brings
 * itself need not be there.
 */
final class Signatures {
  private static final Pattern HEAD =
      Pattern.compile("(public|protected) .*?(class|interface) ([^ <]+).*\\{");

  private Signatures() {}

  /** One line for each type a host can name, and one for each of its members, in order. */
  static List<String> of(Module module) {
    var types = new TreeMap<String, List<String>>();
    List<String> members = List.of();
    for (var line : javap(module).split("\n")) {
      var head = HEAD.matcher(line);
      if (head.matches()) {
        members = new ArrayList<>();
        members.add(line.substring(0, line.length() - 1).strip());
        types.put(head.group(3), members);
      } else if (line.endsWith("{")) {
        members = new ArrayList<>();
      } else if (line.startsWith("  ")) {
        members.add(line.strip());
      }
    }
    var nameable = nameable(types.keySet());
    var lines = new ArrayList<String>();
    types.forEach(
        (name, type) -> {
          if (nameable.contains(name)) {
            lines.add(type.get(0));
            type.stream().skip(1).sorted().forEach(member -> lines.add("  " + member));
          }
        });
    return lines;
  }

  /** Types whose surroundings are public as well, outside internal packages. */
  private static Set<String> nameable(Set<String> names) {
    var nameable = new HashSet<String>();
    for (var name : names) {
      var around = name.lastIndexOf('$');
      if (!name.contains(".internal.")
          && (around < 0 || nameable.contains(name.substring(0, around)))) {
        nameable.add(name);
      }
    }
    return nameable;
  }

  private static String javap(Module module) {
    var arguments = new ArrayList<>(List.of("-protected", "-cp", module.classes().toString()));
    arguments.addAll(module.classNames());
    var out = new ByteArrayOutputStream();
    var printed = new PrintStream(out, false, UTF_8);
    var failed =
        ToolProvider.findFirst("javap")
            .orElseThrow()
            .run(printed, printed, arguments.toArray(String[]::new));
    printed.flush();
    var text = out.toString(UTF_8).replace(System.lineSeparator(), "\n");
    if (failed != 0) {
      throw new IllegalStateException("javap of " + module.artifact() + ": " + text);
    }
    return text;
  }
}
