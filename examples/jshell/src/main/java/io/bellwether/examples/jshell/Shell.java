package io.bellwether.examples.jshell;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import jdk.jshell.tool.JavaShellToolBuilder;

/** Opens the shell. */
public final class Shell {
  /** The tool cuts answers at a thousand characters, which is in the middle of a verdict. */
  private static final String ANSWERS_IN_FULL =
      """
      /set mode bellwether normal -quiet
      /set truncation bellwether 20000
      /set feedback bellwether
      /set mode -retain bellwether
      /set feedback -retain bellwether
      /exit
      """;

  private Shell() {}

  /**
   * Runs the shell on this terminal.
   *
   * @param args as of {@code jshell}: files to run first
   */
  public static void main(String[] args) throws Exception {
    var home = Path.of(System.getProperty("bellwether.shell", "examples/jshell"));
    var tool = JavaShellToolBuilder.builder().persistence(preferences());
    System.exit(tool.start(options(home, System.getProperty("java.class.path"), args)));
  }

  /** Runs the shell on what somebody has typed, and writes what it answers. */
  static int run(
      Path home,
      String classPath,
      Map<String, String> preferences,
      InputStream typed,
      PrintStream answers)
      throws Exception {
    return JavaShellToolBuilder.builder()
        .in(typed, null)
        .out(answers)
        .persistence(preferences)
        .start(options(home, classPath));
  }

  /** Preferences of this session alone; the tool takes a mode from nowhere else. */
  static Map<String, String> preferences() throws Exception {
    var preferences = new HashMap<String, String>();
    JavaShellToolBuilder.builder()
        .in(new ByteArrayInputStream(ANSWERS_IN_FULL.getBytes(StandardCharsets.UTF_8)), null)
        .out(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .persistence(preferences)
        .start("--no-startup", "--execution", PlainExecutionProvider.NAME);
    return preferences;
  }

  private static String[] options(Path home, String classPath, String... more) {
    return Stream.concat(
            Stream.of(
                "--class-path",
                classPath,
                "--execution",
                PlainExecutionProvider.NAME,
                "--startup",
                "DEFAULT",
                "--startup",
                "PRINTING",
                "--startup",
                home.resolve("bellwether.jsh").toString()),
            Stream.of(more))
        .toArray(String[]::new);
  }
}
