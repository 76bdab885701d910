package io.bellwether.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.bellwether.checks.Published.Module;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our jars as modules: names that stay, packages of one owner, a host that runs on the path. */
class ModulePathTest {
  private static final List<String> FOUR =
      List.of("pipeline-core", "pipeline-strategies", "pipeline-config", "pipeline-alerts");

  @Test
  void every_jar_states_its_module_name() {
    for (var module : Published.modules().values()) {
      var found = ModuleFinder.of(jar(module)).findAll();
      assertEquals(1, found.size(), module.artifact());
      var descriptor = found.iterator().next().descriptor();
      assertEquals(module.moduleName(), descriptor.name());
      assertTrue(descriptor.isAutomatic(), module.artifact());
    }
  }

  @Test
  void no_package_is_in_two_jars() {
    var owners = new HashMap<String, String>();
    for (var module : Published.modules().values()) {
      var packages =
          ModuleFinder.of(jar(module)).findAll().iterator().next().descriptor().packages();
      for (var name : packages) {
        var other = owners.put(name, module.artifact());
        assertTrue(other == null, () -> name + " is in " + other + " and " + module.artifact());
      }
    }
  }

  /**
   * Ours are automatic modules, which pull in no explicit ones such as Jackson's: so all of them.
   */
  @Test
  void a_modular_host_runs_on_the_module_path(@TempDir Path folder) throws Exception {
    var path = modulePath();
    write(
        folder.resolve("src/module-info.java"),
        """
        module host {
          requires io.bellwether.core;
          requires io.bellwether.strategies;
          requires io.bellwether.config;
          requires io.bellwether.alerts;
          opens host;
        }
        """);
    write(
        folder.resolve("src/host/Main.java"),
        """
        package host;

        import io.bellwether.config.ConfigLayer;
        import io.bellwether.config.ConfigLoader;
        import io.bellwether.gate.Gates;
        import io.bellwether.strategy.DeploymentStrategy;
        import io.bellwether.strategy.Traffic;
        import java.time.Duration;

        public class Main {
          public record Settings(String release, Duration bake) {}

          public static void main(String[] args) {
            var settings =
                ConfigLoader.of(ConfigLayer.text("host", "{release: chat, bake: 10m}"))
                    .load()
                    .bind(Settings.class);
            var canary =
                DeploymentStrategy.canary(
                    settings.release(),
                    c -> c.step(10, settings.bake()).step(100, settings.bake())
                        .gates(Gates.canaryDefaults()));
            System.out.println(canary.simulate(Traffic.traffic(600)).end().phase());
            System.out.println(Main.class.getModule().isNamed());
          }
        }
        """);
    var compiled =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--module-path",
                path,
                "-d",
                folder.resolve("classes").toString(),
                folder.resolve("src/module-info.java").toString(),
                folder.resolve("src/host/Main.java").toString());
    assertEquals(0, compiled);
    var host =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--module-path",
                path + File.pathSeparator + folder.resolve("classes"),
                "--add-modules",
                "ALL-MODULE-PATH",
                "--module",
                "host/host.Main")
            .redirectErrorStream(true)
            .start();
    var said = new String(host.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(host.waitFor(30, TimeUnit.SECONDS));
    assertEquals(List.of("PROMOTED", "true"), said.lines().toList());
  }

  /** The four modules and what they need, without what only others or this test need. */
  private static String modulePath() {
    var ours = FOUR.stream().map(artifact -> jar(Published.modules().get(artifact)).toString());
    var others =
        Published.classPath().stream()
            .filter(ModulePathTest::isNeededByTheFour)
            .map(Path::toString);
    return Stream.concat(ours, others).collect(Collectors.joining(File.pathSeparator));
  }

  private static boolean isNeededByTheFour(Path jar) {
    var name = jar.getFileName().toString();
    return name.matches(
        "(slf4j-api|slf4j-nop|jspecify|jackson-(core|dataformat-yaml|databind|annotations)|snakeyaml"
            + "|resilience4j-(core|bulkhead|circuitbreaker|ratelimiter|timelimiter))-[0-9].*jar");
  }

  private static Path jar(Module module) {
    var jar =
        Published.classPath().stream()
            .filter(
                path -> path.getFileName().toString().matches(module.artifact() + "-[0-9].*jar"))
            .findFirst();
    assumeTrue(jar.isPresent(), module.artifact() + " is no jar yet: run mvn verify, not mvn test");
    return jar.get();
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
