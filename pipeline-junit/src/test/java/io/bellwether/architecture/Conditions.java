package io.bellwether.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;

/** Conditions ArchUnit has no words for. */
final class Conditions {
  static final DescribedPredicate<JavaClass> SEALED_INTERFACE =
      DescribedPredicate.describe(
          "are sealed interfaces", type -> type.isInterface() && type.isSealed());

  static final DescribedPredicate<JavaClass> BELONG_TO_A_PUBLIC_TYPE =
      DescribedPredicate.describe("belong to a public type", Conditions::belongsToAPublicType);

  private Conditions() {}

  private static boolean belongsToAPublicType(JavaClass type) {
    return type.getEnclosingClass()
        .map(Conditions::belongsToAPublicType)
        .orElse(type.getModifiers().contains(JavaModifier.PUBLIC));
  }

  static ArchCondition<JavaClass> beUsedOnlyInsideTheirModule() {
    return condition(
        "be used only inside their module",
        (type, violation) ->
            type.getDirectDependenciesToSelf().stream()
                .filter(use -> !Modules.of(use.getOriginClass()).equals(Modules.of(type)))
                .forEach(use -> violation.accept(use.getDescription())));
  }

  static ArchCondition<JavaClass> permitOnlyRecords() {
    return condition(
        "permit only records and further sealed interfaces",
        (type, violation) ->
            type.getPermittedSubclasses().orElse(Set.of()).stream()
                .filter(member -> !member.isRecord() && !SEALED_INTERFACE.test(member))
                .forEach(member -> violation.accept(member.getName() + " is no record")));
  }

  static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return condition(
        "reside in a @NullMarked package",
        (type, violation) -> {
          if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
            violation.accept(type.getPackageName() + " of " + type.getName() + " is not");
          }
        });
  }

  private static ArchCondition<JavaClass> condition(
      String description, BiConsumer<JavaClass, Consumer<String>> check) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        check.accept(type, text -> events.add(SimpleConditionEvent.violated(type, text)));
      }
    };
  }
}
