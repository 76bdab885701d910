package io.bellwether.examples.strategies;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guide's snippets are the code that is compiled and run here, letter by letter. */
class GuideTest {
  private static final Path GUIDE = Path.of("../../docs/guide");
  private static final Pattern IN_GUIDE =
      Pattern.compile("<!-- snippet: (.*?) -->\n```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern IN_SOURCE =
      Pattern.compile("( *)// begin: (.*?)\n(.*?)\n? *// end", Pattern.DOTALL);

  @ParameterizedTest
  @MethodSource("pages")
  void a_page_shows_code_that_runs(Path page) throws IOException {
    var text = Files.readString(page);
    var shown = snippets(text);

    assertThat(shown).isNotEmpty();
    assertThat(sources()).containsAllEntriesOf(shown);
    assertThat(text.split("```java", -1)).as("every snippet is named").hasSize(shown.size() + 1);
  }

  @Test
  void every_marked_piece_of_code_is_shown() throws IOException {
    var shown = new TreeMap<String, String>();
    for (var page : pages()) {
      shown.putAll(snippets(Files.readString(page)));
    }
    assertThat(shown).containsAllEntriesOf(sources());
  }

  static List<Path> pages() throws IOException {
    try (var files = Files.list(GUIDE)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
    }
  }

  private static Map<String, String> snippets(String page) {
    var snippets = new TreeMap<String, String>();
    var found = IN_GUIDE.matcher(page);
    while (found.find()) {
      snippets.put(found.group(1), found.group(2).strip());
    }
    return snippets;
  }

  private static Map<String, String> sources() throws IOException {
    var code = new TreeMap<String, String>();
    try (var files = Files.walk(Path.of("src"))) {
      for (var file :
          files
              .filter(
                  path ->
                      path.toString().endsWith("Example.java")
                          || path.toString().matches(".*Canary(Scenario|Deployment)Test\\.java"))
              .toList()) {
        var found = IN_SOURCE.matcher(Files.readString(file));
        while (found.find()) {
          code.put(found.group(2), outdented(found.group(3), found.group(1)));
        }
      }
    }
    return code;
  }

  private static String outdented(String code, String indent) {
    return code.lines()
        .map(line -> line.startsWith(indent) ? line.substring(indent.length()) : line)
        .collect(joining("\n"))
        .strip();
  }
}
