package io.bellwether.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.THROW_GENERIC_EXCEPTIONS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * The shape of the library as rules over its classes. The directions between modules are in {@link
 * ModulesTest}, the proof that each rule bites in {@link RulesBiteTest}.
 *
 * <p>A rule about a package nobody has written yet holds; it bites from the first class on.
 */
@AnalyzeClasses(packages = "io.bellwether", importOptions = MainClasses.class)
class ArchitectureTest {
  private static final String[] OWNERS_OF_TIME = {
    "io.bellwether.time..", "io.bellwether.runtime..", "io.bellwether.alerting.runtime.."
  };

  // Who may know whom

  @ArchTest
  static final ArchRule the_shared_words_know_no_feature =
      classes()
          .that()
          .resideInAPackage("io.bellwether")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.bellwether", "java..", "org.jspecify..")
          .because("every feature speaks Ratio, so Ratio can speak of no feature");

  @ArchTest
  static final ArchRule features_of_core_form_no_cycle =
      slices()
          .assignedFrom(Slices.featuresOf("pipeline-core"))
          .should()
          .beFreeOfCycles()
          .because("a feature that stands alone can be read alone");

  @ArchTest
  static final ArchRule packages_form_no_cycle =
      slices().assignedFrom(Slices.packages()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule internals_stay_inside_their_module =
      classes()
          .that()
          .resideInAPackage("..internal..")
          .should(Conditions.beUsedOnlyInsideTheirModule())
          .allowEmptyShould(true)
          .because("what hosts and other modules cannot see can change");

  @ArchTest
  static final ArchRule other_libraries_stay_behind_the_public_types =
      noClasses()
          .that(resideOutsideOfPackages("..internal..", "io.bellwether.junit.."))
          .and(Conditions.BELONG_TO_A_PUBLIC_TYPE)
          .should()
          .dependOnClassesThat(
              resideOutsideOfPackages(
                  "io.bellwether..",
                  "java..",
                  "javax..",
                  "com.sun.net.httpserver..", // of the JDK
                  "org.slf4j..",
                  "org.jspecify.."))
          .because("a host must be able to choose its own Jackson, resilience4j and Micrometer");

  @ArchTest
  static final ArchRule every_package_is_null_marked =
      classes().should(Conditions.resideInANullMarkedPackage());

  // Time, threads and other side effects

  @ArchTest
  static final ArchRule clocks_are_read_in_one_place =
      noClasses()
          .that(resideOutsideOfPackages(OWNERS_OF_TIME))
          .should(accessTargetWhere(Calls.READ_A_CLOCK))
          .because("everybody else is handed a TimeSource, which a test can move");

  @ArchTest
  static final ArchRule threads_start_and_wait_in_one_place =
      noClasses()
          .that(resideOutsideOfPackages(OWNERS_OF_TIME))
          .and()
          .doNotHaveFullyQualifiedName("io.bellwether.testing.Contract") // tries ports at once
          .should(accessTargetWhere(Calls.START_A_THREAD_OR_WAIT))
          .because(
              "the library creates no thread unless its host asked for one; only the rules of a port"
                  + " race threads against it");

  @ArchTest
  static final ArchRule nobody_prints =
      noClasses()
          .that(resideOutsideOfPackages("io.bellwether.secret.logging..")) // masks what hosts log
          .should(ACCESS_STANDARD_STREAMS)
          .orShould(accessTargetWhere(Calls.PRINT_OR_EXIT))
          .orShould()
          .dependOnClassesThat()
          .resideInAPackage("java.util.logging")
          .because("a library speaks through slf4j or not at all");

  @ArchTest
  static final ArchRule texts_are_the_same_on_every_machine =
      noClasses()
          .should(accessTargetWhere(Calls.DEPEND_ON_THE_LOCALE))
          .because("5.5% must not become 5,5% in a journal; say Locale.ROOT");

  @ArchTest
  static final ArchRule exceptions_have_a_type =
      noClasses()
          .should(THROW_GENERIC_EXCEPTIONS)
          .because("a host cannot catch a bare RuntimeException without catching everything");

  // Deciding is pure

  @ArchTest
  static final ArchRule rollouts_are_decided_without_a_clock_a_thread_or_a_port =
      Purity.of("io.bellwether.rollout..");

  @ArchTest
  static final ArchRule alerts_are_decided_without_a_clock_a_thread_or_a_port =
      Purity.of("io.bellwether.alerting.internal.engine..");

  // Shapes

  @ArchTest
  static final ArchRule sealed_families_consist_of_records =
      classes()
          .that(Conditions.SEALED_INTERFACE)
          .and()
          .areNotNestedClasses()
          .or()
          .resideInAPackage("io.bellwether.rollout..")
          .and(Conditions.SEALED_INTERFACE)
          .should(Conditions.permitOnlyRecords())
          .because("what is journaled and replayed is data; a builder's stages are not");

  @ArchTest
  static final ArchRule accessors_have_no_get_prefix =
      noMethods()
          .that()
          .arePublic()
          .and()
          .areDeclaredInClassesThat()
          .arePublic() // a hidden class may have to implement a name of the JDK's
          .should()
          .haveNameMatching("get[A-Z].*");
}
