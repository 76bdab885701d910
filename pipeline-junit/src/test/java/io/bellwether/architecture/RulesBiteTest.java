package io.bellwether.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.bellwether.architecture.offenders.DecidesImpurely;
import io.bellwether.architecture.offenders.NoRecords;
import io.bellwether.architecture.offenders.Prints;
import io.bellwether.architecture.offenders.ReadsClocks;
import io.bellwether.architecture.offenders.SaysGet;
import io.bellwether.architecture.offenders.ShowsAnotherLibrary;
import io.bellwether.architecture.offenders.SpeaksTheMachinesLanguage;
import io.bellwether.architecture.offenders.StartsThreads;
import io.bellwether.architecture.offenders.ThrowsAnything;
import io.bellwether.architecture.offenders.left.Left;
import io.bellwether.architecture.offenders.right.Right;
import io.bellwether.routing.TrafficRouter;
import io.bellwether.routing.TrafficSplit;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule that cannot fail guards nothing: each is shown a class that breaks it. */
class RulesBiteTest {
  private static final String OFFENDERS = "io.bellwether.architecture.offenders..";

  static List<Arguments> rulesAndOffenders() {
    return List.of(
        Arguments.of(ArchitectureTest.clocks_are_read_in_one_place, ReadsClocks.class),
        Arguments.of(ArchitectureTest.threads_start_and_wait_in_one_place, StartsThreads.class),
        Arguments.of(ArchitectureTest.nobody_prints, Prints.class),
        Arguments.of(
            ArchitectureTest.texts_are_the_same_on_every_machine, SpeaksTheMachinesLanguage.class),
        Arguments.of(ArchitectureTest.exceptions_have_a_type, ThrowsAnything.class),
        Arguments.of(ArchitectureTest.accessors_have_no_get_prefix, SaysGet.class),
        Arguments.of(
            ArchitectureTest.other_libraries_stay_behind_the_public_types,
            ShowsAnotherLibrary.class),
        Arguments.of(Purity.of(OFFENDERS), DecidesImpurely.class));
  }

  @ParameterizedTest
  @MethodSource("rulesAndOffenders")
  void a_rule_catches_every_method_that_breaks_it(ArchRule rule, Class<?> offender) {
    var caught = violations(rule, offender);

    assertThat(offender.getDeclaredMethods())
        .filteredOn(method -> !method.isSynthetic())
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(caught).anyMatch(line -> line.contains("." + method.getName() + "(")));
  }

  @Test
  void a_sealed_family_with_a_class_in_it_is_caught_and_its_records_are_not() {
    assertThat(
            violations(
                ArchitectureTest.sealed_families_consist_of_records,
                NoRecords.class,
                NoRecords.Branch.class,
                NoRecords.Data.class,
                NoRecords.Leaf.class,
                NoRecords.Mutable.class))
        .containsExactly(NoRecords.Mutable.class.getName() + " is no record");
  }

  @Test
  void a_package_without_null_marking_is_caught() {
    assertThat(violations(ArchitectureTest.every_package_is_null_marked, SaysGet.class)).hasSize(1);
  }

  @Test
  void a_cycle_between_packages_is_caught() {
    assertThat(violations(ArchitectureTest.packages_form_no_cycle, Left.class, Right.class))
        .hasSize(1);
    assertThat(
            violations(
                SlicesRuleDefinition.slices()
                    .assignedFrom(Slices.featuresOf("pipeline-junit"))
                    .should()
                    .beFreeOfCycles(),
                Left.class,
                Right.class))
        .as("one feature, so no cycle between features")
        .isEmpty();
  }

  @Test
  void a_class_used_from_another_module_is_caught() {
    var rule = classes().should(Conditions.beUsedOnlyInsideTheirModule());

    assertThat(violations(rule, TrafficRouter.class, DecidesImpurely.class))
        .hasSizeGreaterThan(0)
        .allMatch(line -> line.contains("DecidesImpurely"));
    assertThat(violations(rule, TrafficRouter.class, TrafficSplit.class)).isEmpty();
  }

  private static List<String> violations(ArchRule rule, Class<?>... types) {
    var imported = new ClassFileImporter().importClasses(Arrays.asList(types));
    return rule.evaluate(imported).getFailureReport().getDetails();
  }
}
