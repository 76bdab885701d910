package io.bellwether.routing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** One published test vector: the key is kept as the JSON string it is published as. */
record HashVector(String release, String key, String bits) {
  private static final Path PUBLISHED =
      Path.of("src/test/resources/io/bellwether/routing/user-hash.tsv");
  private static final Path DOCUMENTED = Path.of("../docs/routing-hash.md");
  private static final Pattern ROW = Pattern.compile("\\| `(.+?)` \\| `(\".*\")` \\| `(.{16})` .*");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u([0-9a-f]{4})");

  static List<HashVector> published() {
    return lines(PUBLISHED).stream()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .map(cells -> new HashVector(cells[0], cells[1], cells[2]))
        .toList();
  }

  static List<HashVector> documented() {
    return lines(DOCUMENTED).stream()
        .map(ROW::matcher)
        .filter(row -> row.matches())
        .map(row -> new HashVector(row.group(1), row.group(2), row.group(3)))
        .toList();
  }

  boolean fitsATable() {
    return key.length() <= 42;
  }

  String computed() {
    var unquoted = key.substring(1, key.length() - 1);
    var text =
        ESCAPE
            .matcher(unquoted)
            .replaceAll(hit -> String.valueOf((char) Integer.parseInt(hit.group(1), 16)));
    return "%016x".formatted(UserHash.of(release).bits(text));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
