package io.bellwether.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.function.Function;

/** Ways to cut the classes into pieces between which cycles are looked for. */
final class Slices {
  private Slices() {}

  /** A slice per package right below the root, with all that is below it. */
  static SliceAssignment featuresOf(String module) {
    return assignment(
        "features of " + module,
        type -> {
          var names = type.getPackageName().split("\\.");
          return names.length < 3 || !Modules.isOurs(type) || !Modules.of(type).equals(module)
              ? SliceIdentifier.ignore()
              : SliceIdentifier.of(names[2]);
        });
  }

  /** A slice per package, its internals included. */
  static SliceAssignment packages() {
    return assignment(
        "packages with their internals",
        type -> SliceIdentifier.of(type.getPackageName().replaceFirst("\\.internal\\b.*", "")));
  }

  private static SliceAssignment assignment(
      String description, Function<JavaClass, SliceIdentifier> cut) {
    return new SliceAssignment() {
      @Override
      public String getDescription() {
        return description;
      }

      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        return cut.apply(type);
      }
    };
  }
}
