package io.bellwether.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as a program of its own, as a pipeline runs it. */
@Tag("it")
class PackagedJarTest {
  private static final Path JAR = Path.of(System.getProperty("cli.jar"));
  private static final Path LAUNCHER = Path.of(System.getProperty("cli.module"), "bellwether");

  @TempDir private Path directory;

  private Ran run(List<String> program, Object... arguments) throws Exception {
    var command = new ArrayList<>(program);
    for (var argument : arguments) {
      command.add(argument.toString());
    }
    var out = directory.resolve("out").toFile();
    var err = directory.resolve("err").toFile();
    var builder = new ProcessBuilder(command).redirectOutput(out).redirectError(err);
    builder.environment().putAll(Map.of("LC_ALL", "C", "TERM", "xterm"));
    var process = builder.start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Ran(
        process.exitValue(), Files.readString(out.toPath()), Files.readString(err.toPath()));
  }

  private static List<String> jar() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());
  }

  @Test
  void it_runs_and_ends_with_the_exit_code() throws Exception {
    var plan = Samples.write(directory, "plan.yml", Samples.PLAN);
    var trace = Samples.write(directory, "evening.csv", Samples.TRACE);
    var bad = run(jar(), "simulate", plan, trace);
    assertThat(bad.code()).as(bad.err()).isEqualTo(1);
    assertThat(bad.out()).contains("ROLLED_BACK").doesNotContain("\u001b");
    assertThat(run(jar(), "simulate", plan, "--candidate-errors", "1%").code()).isZero();
    var missing = run(jar(), "simulate", directory.resolve("none.yml"), trace);
    assertThat(missing.code()).isEqualTo(2);
    assertThat(missing.err()).startsWith("error: the plan ").hasLineCount(1);
    assertThat(run(jar(), "--version").out()).matches("bellwether \\d+\\.\\d+\\.\\d+.*\\R");
  }

  @Test
  void what_it_writes_is_utf_8_whatever_the_locale_is() throws Exception {
    var routes = Samples.write(directory, "routes.yml", Samples.ROUTES);
    var labels = Samples.write(directory, "slos.yml", Samples.SLOTH.replace("chat", "chät"));
    assertThat(run(jar(), "explain-route", routes, "severity=critical").code()).isZero();
    assertThat(run(jar(), "convert", "sloth", labels).out()).contains("chät");
  }

  @Test
  void the_launcher_leaves_an_archive_and_runs_the_same() throws Exception {
    Files.copy(LAUNCHER, directory.resolve("bellwether"));
    Files.copy(JAR, directory.resolve("bellwether.jar"));
    var plan = Samples.write(directory, "plan.yml", Samples.PLAN);
    var launcher = List.of("sh", directory.resolve("bellwether").toString());
    var first = run(launcher, "simulate", plan, "--candidate-errors", "1%");
    try (var archives = Files.newDirectoryStream(directory, "bellwether.jar.*.jsa")) {
      assertThat(archives).hasSize(1);
    }
    assertThat(first).isEqualTo(run(jar(), "simulate", plan, "--candidate-errors", "1%"));
    assertThat(run(launcher, "simulate", plan, "--candidate-errors", "1%")).isEqualTo(first);
    assertThat(run(launcher, "simulate", plan, "--candidate-errors", "9%").code()).isEqualTo(1);
  }

  @Test
  void the_completion_script_is_one_a_shell_accepts() throws Exception {
    var script = Samples.write(directory, "completion.sh", run(jar(), "completion").out());
    var ran = run(List.of("bash", "-c"), "source " + script + "; complete -p bellwether");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("_complete_bellwether");
  }

  @Test
  void licences_of_all_it_holds_are_listed_and_services_are_merged() throws IOException {
    try (var jar = new JarFile(JAR.toFile())) {
      var listed = text(jar, "META-INF/THIRD-PARTY.txt");
      assertThat(jar.stream().map(entry -> entry.getName()))
          .contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/LICENSE.txt")
          .doesNotContain("module-info.class");
      jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.matches("META-INF/maven/[^/]+/[^/]+/pom.properties"))
          .map(name -> name.split("/"))
          .filter(parts -> !parts[2].equals("io.bellwether"))
          .forEach(parts -> assertThat(listed).contains(parts[2] + ":" + parts[3]));
      for (var prefix : List.of("picocli/", "io/github/resilience4j/", "org/jspecify/")) {
        assertThat(jar.stream().anyMatch(entry -> entry.getName().startsWith(prefix))).isTrue();
      }
      assertThat(text(jar, "META-INF/services/com.fasterxml.jackson.core.JsonFactory"))
          .contains("YAMLFactory", "com.fasterxml.jackson.core.JsonFactory");
    }
  }

  private static String text(JarFile jar, String name) throws IOException {
    try (var in = jar.getInputStream(jar.getJarEntry(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
