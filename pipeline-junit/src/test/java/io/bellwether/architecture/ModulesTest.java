package io.bellwether.architecture;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.bellwether.architecture.Reactor.Layer;
import io.bellwether.architecture.Reactor.Module;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Examples know everything, integrations know the libraries, the libraries know core and never each
 * other. Read from the POMs, so that no module can be forgotten.
 */
class ModulesTest {
  static List<Module> modules() {
    return Reactor.modules();
  }

  private static Set<Layer> belowMainCodeOf(Layer layer) {
    return switch (layer) {
      case BOM, SUPPORT, CORE -> Set.of();
      case TEST_KIT, LIBRARY -> Set.of(Layer.CORE);
      case JUNIT -> Set.of(Layer.CORE, Layer.LIBRARY, Layer.TEST_KIT);
      case INTEGRATION -> Set.of(Layer.CORE, Layer.LIBRARY);
      // it wires what a host would wire, meters among them
      case STARTER -> Set.of(Layer.CORE, Layer.LIBRARY, Layer.INTEGRATION);
      case EXAMPLE, BENCHMARK -> // some start real programs
          EnumSet.complementOf(EnumSet.of(Layer.EXAMPLE, Layer.BENCHMARK));
      case PEERS -> EnumSet.complementOf(EnumSet.of(Layer.SUPPORT, Layer.EXAMPLE, Layer.PEERS));
    };
  }

  private static Set<Layer> belowTestsOf(Layer layer) {
    return switch (layer) {
      case BOM, SUPPORT, TEST_KIT, JUNIT -> Set.of();
      case CORE -> Set.of(Layer.SUPPORT);
      case LIBRARY -> Set.of(Layer.TEST_KIT, Layer.SUPPORT);
      // the leak tests look at all integrations at once
      case INTEGRATION, STARTER ->
          Set.of(Layer.TEST_KIT, Layer.JUNIT, Layer.SUPPORT, Layer.LIBRARY, Layer.INTEGRATION);
      case EXAMPLE, BENCHMARK, PEERS -> Set.of(Layer.TEST_KIT, Layer.JUNIT);
    };
  }

  @Test
  void every_module_of_the_build_is_looked_at() {
    assertThat(Reactor.modules())
        .extracting(Module::toString)
        .contains("pipeline-core", "pipeline-alerts", "examples/quickstart", "benchmarks");
  }

  @ParameterizedTest
  @MethodSource("modules")
  void a_module_depends_only_on_layers_below_it(Module module) {
    assertThat(module.mainUses())
        .as("layers the main code of %s depends on", module)
        .isSubsetOf(belowMainCodeOf(module.layer()));
    assertThat(module.testsUse())
        .as("layers the tests of %s depend on", module)
        .isSubsetOf(belowTestsOf(module.layer()));
  }

  @Test
  void a_package_lives_in_one_module() {
    var modules =
        new ClassFileImporter()
            .withImportOption(new MainClasses()).importPackages("io.bellwether").stream()
                .collect(groupingBy(JavaClass::getPackageName, mapping(Modules::of, toSet())));

    assertThat(modules).containsKeys("io.bellwether.routing", "io.bellwether.testing");
    assertThat(modules).allSatisfy((name, homes) -> assertThat(homes).as(name).hasSize(1));
  }
}
